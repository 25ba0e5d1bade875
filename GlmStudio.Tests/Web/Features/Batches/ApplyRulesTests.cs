using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Review;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class ApplyRulesTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private TestDatabase _database = null!;
    private ChangeFeed _changes = null!;
    private Batch _batch = null!;

    private ApplyRules Apply => new(_database.Database, _changes);

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _changes = new ChangeFeed(TimeProvider.System);
        _batch = await new HandMadeBatch()
            .Row(["Tea House", "12/03/26", "RM 10.00"])
            .Row(["Café", "soon", "3"]).Corrected("total", "RM 4")
            .Row(["Shop", "01/02/26", "5"], null, RowStatus.Accepted)
            .Row([], null, RowStatus.Failed, "zero bytes")
            .SaveAsync(_database.Database);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Apply_OfANewerVersion_ChangesValuesAndKeepsReadingsAndCorrections()
    {
        await SaveVersionAsync(2);
        var applied = await Apply.HandleAsync(_batch.Id, null, Cancellation);
        Assert.Equal((2, 2, 1, 1), (applied.Version, applied.Changed, applied.WithMessages, applied.AcceptedLeft));
        var rows = await RowsAsync();
        Assert.Equal(("2026-03-12", "12/03/26", null), Facts(rows[0], "date"));
        Assert.Equal(("soon", null, "This is not a date."), Facts(rows[1], "date"));
        Assert.Equal(("RM 4", true), (rows[1].Cells.Single(c => c.FieldKey == "total").Final, rows[1].Cells.Single(c => c.FieldKey == "total").IsCorrected));
        Assert.Equal(["20", "8"], rows.Take(2).Select(r => r.Cells.Single(c => c.FieldKey == "double").Final));
        Assert.Equal(("01/02/26", null, null), Facts(rows[2], "date"));
        Assert.Empty(rows[3].Cells);
        await using var db = _database.Open();
        Assert.Equal(2, (await db.Batches.Include(b => b.TemplateVersion).SingleAsync(Cancellation)).TemplateVersion!.Number);
    }

    [Fact]
    public async Task Apply_OfTheFirstVersionAgain_BringsTheReadingsBack()
    {
        await SaveVersionAsync(2);
        await Apply.HandleAsync(_batch.Id, null, Cancellation);
        await Apply.HandleAsync(_batch.Id, 1, Cancellation);
        Assert.Equal(("12/03/26", null, null), Facts((await RowsAsync())[0], "date"));
    }

    [Fact]
    public async Task Apply_OfAVersionThatAsksForOtherThings_IsRefused()
    {
        await SaveVersionAsync(2, v => v.Instruction = "Something else.");
        var applied = await Apply.HandleAsync(_batch.Id, null, Cancellation);
        Assert.Equal("Version 2 asks for other things than version 1, so its rules do not fit these answers. Run a new batch.", applied.Problem?.ToString());
        Assert.Equal("12/03/26", (await RowsAsync())[0].Cells.Single(c => c.FieldKey == "date").Final);
    }

    [Theory]
    [InlineData(BatchStatus.Running)]
    [InlineData(BatchStatus.Queued)]
    public async Task Apply_WhileTheBatchRuns_IsRefused(BatchStatus status)
    {
        await using (var db = _database.Open()) await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, status), Cancellation);
        Assert.NotNull((await Apply.HandleAsync(_batch.Id, null, Cancellation)).Problem);
    }

    [Fact]
    public async Task Edit_OfAValueThatOthersNeed_ComputesThemAgainAndUndoTakesItBack()
    {
        await SaveVersionAsync(2);
        await Apply.HandleAsync(_batch.Id, null, Cancellation);
        var row = (await RowsAsync())[0];
        var edited = await new EditCell(_database.Database, _changes, TimeProvider.System).HandleAsync(row.Id, "total", "11", Cancellation);
        Assert.Equal("22", (await RowsAsync())[0].Cells.Single(c => c.FieldKey == "double").Final);
        await new UndoCorrection(_database.Database, _changes, TimeProvider.System).HandleAsync(edited.CorrectionId!.Value, Cancellation);
        Assert.Equal("20", (await RowsAsync())[0].Cells.Single(c => c.FieldKey == "double").Final);
    }

    [Fact]
    public async Task List_WithMessages_HasTheRowsThatWantALook()
    {
        await SaveVersionAsync(2);
        await Apply.HandleAsync(_batch.Id, null, Cancellation);
        var read = new ReadReview(_database.Database, new BatchScores(_database.Database), new Calibrations(_database.Database, new BatchScores(_database.Database)));
        var listed = await read.ListAsync((await read.BatchAsync(_batch.Id, Cancellation))!, null, ReviewFilter.Messages, null, null, Cancellation);
        Assert.Equal([1], listed.Select(r => r.Ordinal));
    }

    [Fact]
    public async Task Answers_OfRuledCells_CarryReadingAndMessage()
    {
        await SaveVersionAsync(2);
        await Apply.HandleAsync(_batch.Id, null, Cancellation);
        using var file = new MemoryStream();
        await new WriteAnswers(_database.Database).HandleAsync(file, _batch.Id, null, AnswerFormat.Json, Cancellation);
        using var json = JsonDocument.Parse(file.ToArray());
        Assert.Equal("12/03/26", json.RootElement[0].GetProperty("read").GetProperty("date").GetString());
        Assert.Equal("This is not a date.", json.RootElement[1].GetProperty("messages").GetProperty("date").GetString());
        Assert.False(json.RootElement[2].TryGetProperty("messages", out _));
    }

    [Fact]
    public async Task Run_OfATemplateWithRules_AsksOnlyForWhatIsReadAndRulesTheAnswer()
    {
        IReadOnlyList<AskedField>? asked = null;
        var engine = new FakeEngine(request =>
        {
            asked = request.Fields;
            return """{"total": "RM 7.50", "date": "12/03/26"}""";
        });
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(1);
        await using (var db = studio.OpenDatabase())
        {
            var version = await db.TemplateVersions.SingleAsync(Cancellation);
            version.Fields = [.. version.Fields.Select(f => f.Key == "total" ? With(f, new NumberStep(UnitUse.Drop)) : f), With(new Field { Key = "net", Label = "Net" }, new ComputeStep("{total} / 2"))];
            await db.SaveChangesAsync(Cancellation);
        }
        var id = await studio.CreateAsync(BatchScene.Order(scene));
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal(["total", "date"], asked!.Select(f => f.Key));
        var cells = (await studio.RowsAsync(id))[0].Cells.ToDictionary(c => c.FieldKey);
        Assert.Equal(("7.50", "RM 7.50", "3.75"), (cells["total"].Value, cells["total"].Raw, cells["net"].Value));

        using var response = await studio.Http.PostAsync(new Uri($"/api/batches/{id}/rules", UriKind.Relative), null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("changed").GetInt32());
    }

    private async Task SaveVersionAsync(int number, Action<TemplateVersion>? change = null)
    {
        await using var db = _database.Open();
        var first = await db.TemplateVersions.AsNoTracking().SingleAsync(Cancellation);
        var version = new TemplateVersion
        {
            TemplateId = first.TemplateId, Number = number,
            Fields =
            [
                first.Fields[0], With(first.Fields[1], new DateStep(DateOrder.DayFirst)), With(first.Fields[2], new NumberStep(UnitUse.Drop)),
                With(new Field { Key = "double", Label = "Double" }, new ComputeStep("{total} * 2")),
            ],
        };
        change?.Invoke(version);
        db.Add(version);
        await db.SaveChangesAsync(Cancellation);
    }

    private static Field With(Field field, params FieldStep[] steps) => new() { Key = field.Key, Label = field.Label, Type = field.Type, Steps = steps };

    private async Task<List<Row>> RowsAsync()
    {
        await using var db = _database.Open();
        return await db.Rows.AsNoTracking().Include(r => r.Cells).OrderBy(r => r.Ordinal).ToListAsync(Cancellation);
    }

    private static (string?, string?, string?) Facts(Row row, string key) =>
        row.Cells.Single(c => c.FieldKey == key) is var cell ? (cell.Value, cell.Raw, cell.Problem) : default;
}
