using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Features.Review;
using GlmStudio.Web.Features.Scoring;

namespace GlmStudio.Tests.Web.Features.Scoring;

/// <summary>From labels to what a reviewer sees.</summary>
public sealed class ConfidenceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Judged_LabelsAcceptedRowsAndCorrections_AllCount()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch()
            .Row(["Shop", "2026-03-01", "5"], ["SHOP", null!, "6"])
            .Row(["Shop", "2026-03-01", "5"], status: RowStatus.Accepted).Corrected("total", "7")
            .Row(["Shop", "2026-03-01", "5"], status: RowStatus.InReview).Corrected("date", null)
            .Row(["Shop", null, "5"]).SaveAsync(database.Database);
        var scores = new BatchScores(database.Database);
        var judged = await new Calibrations(database.Database, scores).JudgedAsync((await scores.FindAsync(batch.Id, null, Cancellation))!, Cancellation);
        Assert.Equal([("company", true), ("total", false), ("company", true), ("date", true), ("total", false), ("date", false)], judged.Cells.Select(c => (c.Field, c.IsRight)));
        Assert.Equal((0, 12), (judged.WithoutScore, judged.Answered));
    }

    [Fact]
    public async Task Judged_CellsWithoutScore_AreCountedApart()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch().Row(["Shop", null, "5"], ["Shop", "", "5"]).With(r => r.Cells[1].Score = null).SaveAsync(database.Database);
        var scores = new BatchScores(database.Database);
        var judged = await new Calibrations(database.Database, scores).JudgedAsync((await scores.FindAsync(batch.Id, null, Cancellation))!, Cancellation);
        Assert.Equal((2, 1), (judged.Cells.Count, judged.WithoutScore));
    }

    [Fact]
    public async Task Read_ComputedFields_WereNotReadAndDoNotCount()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch
        {
            Fields = [new Field { Key = "net", Label = "Net" }, new Field { Key = "gross", Label = "Gross", Steps = [new GlmStudio.Web.Domain.Rules.ComputeStep("{net} * 2")] }],
        }.Row(["5", "10"], ["5", "10"]).With(r => r.Cells[1].Score = null).SaveAsync(database.Database);
        var scores = new BatchScores(database.Database);
        var found = await new ReadConfidence(database.Database, scores, new Calibrations(database.Database, scores)).HandleAsync(batch.Id, null, 10, Cancellation);
        Assert.Equal((1, 0, 1), (found!.Judged.Cells.Count, found.Judged.WithoutScore, found.Judged.Answered));
        Assert.Equal("net", Assert.Single(found.Report.Fields).Field.Key);
    }

    [Fact]
    public async Task Calibrate_OverHttp_ReachesTheReview()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await Labelled(120).SaveAsync(studio.Get<StudioDatabase>());

        using var answer = await studio.Http.PostAsJsonAsync($"/api/batches/{batch.Id}/calibration", new { perThousand = 50 }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var read = studio.Get<ReadReview>();
        var found = (await read.BatchAsync(batch.Id, Cancellation))!;
        var calibration = (await read.CalibrationAsync(found, Cancellation))!;
        Assert.Equal((360, 50.0, batch.Name), (calibration.Cells, calibration.PerThousand, calibration.Batch!.Name));
        var refs = await read.ListAsync(found, calibration, ReviewFilter.LowScore, null, null, Cancellation);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i * 10), refs.Select(r => r.Ordinal));
        var row = Assert.Single(await read.RowsAsync(found, calibration, [refs[0].Id], Cancellation));
        Assert.Equal((true, false), (row.Cells[2].IsLow, row.Cells[0].IsLow));
        Assert.Equal((360, true), (row.Cells[0].Trust.CalibratedOn, row.Cells[0].Trust.Passes));
        Assert.InRange(row.Cells[2].Trust.Confidence!.Value, 0, 0.2);
    }

    [Fact]
    public async Task Get_Confidence_GivesTheFiguresOfThePage()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await Labelled(120).SaveAsync(studio.Get<StudioDatabase>());
        var api = await studio.Http.GetFromJsonAsync<JsonElement>($"/api/batches/{batch.Id}/confidence?perThousand=50", Cancellation);
        Assert.Equal((360, 1.0), (api.GetProperty("cells").GetInt32(), api.GetProperty("auroc").GetDouble()));
        Assert.Contains(api.GetProperty("fields").GetProperty("total").GetProperty("method").GetString(), Enum.GetNames<CalibrationMethod>());
        Assert.Equal(348.0 / 360, api.GetProperty("straightThrough").GetDouble(), 9);
        Assert.Equal(12 * ReviewPace.Assumed, api.GetProperty("humanSeconds").GetDouble(), 6);
        var page = WebUtility.HtmlDecode(await studio.Http.GetStringAsync($"/scores/{batch.Id}/confidence?risk=50", Cancellation));
        Assert.Contains(">96.7%</b>", page, StringComparison.Ordinal);
        Assert.Contains("not calibrated", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/api/batches/99/confidence", HttpStatusCode.NotFound)]
    [InlineData("/api/batches/1/confidence?labels=99", HttpStatusCode.NotFound)]
    [InlineData("/api/batches/1/confidence?perThousand=0", HttpStatusCode.BadRequest)]
    public async Task Get_WhatCannotBe_SaysSo(string path, HttpStatusCode expected)
    {
        await using var studio = await StudioApp.StartAsync();
        await Labelled(2).SaveAsync(studio.Get<StudioDatabase>());
        using var answer = await studio.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Calibrate_WithoutLabels_SaysWhatToDo()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await new HandMadeBatch().Row(["Shop", null, "5"]).SaveAsync(studio.Get<StudioDatabase>());
        using var answer = await studio.Http.PostAsJsonAsync($"/api/batches/{batch.Id}/calibration", new { }, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("too few labelled cells", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public void Pace_FewCorrections_IsAssumedAndManyAreMeasured()
    {
        var noon = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        Assert.Equal(new ReviewPace(ReviewPace.Assumed, 0), ReviewPace.Of([noon, noon.AddSeconds(3)]));
        Assert.Equal(new ReviewPace(4, 30), ReviewPace.Of([.. Enumerable.Range(0, 31).Select(i => noon.AddSeconds(4 * i)), noon.AddHours(2)]));
    }

    // Every tenth total is wrong, and the score knows it.
    private static HandMadeBatch Labelled(int rows)
    {
        var batch = new HandMadeBatch { HashOf = i => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))) };
        for (var i = 0; i < rows; i++)
        {
            var right = i % 10 > 0;
            batch.Row(["Shop", "2026-03-01", "5"], ["Shop", "2026-03-01", right ? "5" : "6"]).With(r => r.Cells[2].Score = right ? 0.8 : 0.3);
        }
        return batch;
    }
}
