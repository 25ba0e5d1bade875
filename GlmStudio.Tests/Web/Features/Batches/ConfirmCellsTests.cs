using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Web.Features.Batches;

/// <summary>Uncertain values are asked for again on a crop, and what comes back is evidence.</summary>
public sealed class ConfirmCellsTests
{
    private static readonly PageBox Box = new(0.25, 0.25, 0.25, 0.125);
    private static readonly byte[] Picture = ImageWriter.ToPng(new RgbImage(80, 80, new byte[80 * 80 * 3]));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("12.0", "12.0", true)]
    [InlineData("18.00", "18.00", false)]
    [InlineData(null, null, false)]
    public async Task Add_AnUncertainValue_IsComparedUnderItsFieldsRule(string? again, string? value, bool agrees)
    {
        var cell = Uncertain("total", "12.00");
        await ConfirmAsync(Answering(again), cell);
        Assert.Equal((value, agrees), (cell.Evidence!.Confirmation!.Value, cell.Evidence.Confirmation.Agrees));
    }

    [Fact]
    public async Task Add_AnUncertainValue_AsksForItAloneOnACropOfItsBox()
    {
        GlmRequest? asked = null;
        await ConfirmAsync(new FakeEngine(r => { asked = r; return """{"total": "12.00"}"""; }, "mini"), Uncertain("total", "12.00"));
        Assert.Equal("total", Assert.Single(asked!.Fields!).Key);
        Assert.NotNull(asked.Form);
        Assert.Equal(Grounding.PageText, asked.Grounding);
        Assert.DoesNotContain("date", asked.Prompt, StringComparison.Ordinal);
    }

    // A quarter of 80 pixels is 20, an eighth 10. Around a text is a twentieth of the width, 4 on each side; around the others four tenths, 32, as far as the
    // picture goes: it begins 20 before the box.
    [Theory]
    [InlineData("name", 28, 18)]
    [InlineData("total", 72, 62)]
    [InlineData("date", 72, 62)]
    [InlineData("count", 72, 62)]
    public async Task Add_AShortValueBesideItsLabel_IsShownWithWhatStandsAround(string field, int width, int height)
    {
        GlmRequest? asked = null;
        await ConfirmAsync(new FakeEngine(r => { asked = r; return "{}"; }, "mini"), Uncertain(field, "12"));
        using var reader = new ImageReader(new ImageLimits());
        var crop = reader.Probe(asked!.Images[0].Bytes);
        Assert.Equal((width, height), (crop.Width, crop.Height));
    }

    [Fact]
    public async Task Add_OtherMargins_AreTheSettings()
    {
        var sizes = new List<int>();
        using var reader = new ImageReader(new ImageLimits());
        var engine = new FakeEngine(r => { sizes.Add(reader.Probe(r.Images[0].Bytes).Width); return "{}"; }, "mini");
        await ConfirmAsync(engine, new ConfirmationOptions { Margin = 0.1, WideMargin = 0 }, Uncertain("name", "12", 0.3), Uncertain("total", "12", 0.4));
        Assert.Equal([36, 20], sizes);
    }

    public static TheoryData<string, Action<Cell>> NotAsked => new()
    {
        { "no box", c => c.Box = null }, { "no value", c => c.Value = null }, { "sure", c => c.Score = 0.95 }, { "surely wrong", c => c.Score = 0.05 },
        { "no score", c => c.Score = null }, { "the reader's", c => c.Evidence!.Source = ValueSource.Reader },
    };

    [Theory, MemberData(nameof(NotAsked))]
    public async Task Add_WhatIsNotUncertainOrNowhere_IsNotAsked(string why, Action<Cell> change)
    {
        var (engine, cell) = (Answering("12.00"), Uncertain("total", "12.00"));
        change(cell);
        Assert.Equal(default, await ConfirmAsync(engine, cell));
        Assert.True(engine.Calls == 0, why);
    }

    [Fact]
    public async Task Add_AVersionWithoutTheSwitch_AsksNothing()
    {
        var (engine, cell) = (Answering("12.00"), Uncertain("total", "12.00"));
        await Parts().AddAsync(engine, Question.Of(Version(confirms: false), null), new ImageInput(Picture), [cell], TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(0, engine.Calls);
    }

    [Fact]
    public async Task Add_MoreThanTheLimit_AsksForTheLeastCertain()
    {
        var (sure, unsure) = (Uncertain("total", "12.00", 0.6), Uncertain("date", "2026-03-01", 0.3));
        var cost = await ConfirmAsync(new FakeEngine(name: "mini"), new ConfirmationOptions { CellsARow = 1 }, sure, unsure);
        Assert.Equal((1, true, false), (cost.Cells, unsure.Evidence!.Confirmation is not null, sure.Evidence!.Confirmation is not null));
    }

    [Fact]
    public async Task Add_AFault_LeavesTheCells()
    {
        var cell = Uncertain("total", "12.00");
        var cost = await ConfirmAsync(new FakeEngine(name: "mini") { Gate = (_, _) => throw new EngineException(EngineFault.OutOfMemory, "full") }, cell);
        Assert.Equal((1, null), (cost.Cells, cell.Evidence!.Confirmation));
    }

    [Fact]
    public async Task Add_APictureThatCannotBeRead_LeavesTheCells()
    {
        var (engine, cell) = (Answering("12.00"), Uncertain("total", "12.00"));
        var cost = await Parts().AddAsync(engine, Question.Of(Version(), null), new ImageInput(new byte[10]), [cell], TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal((0, 0, null), (cost.Cells, engine.Calls, cell.Evidence!.Confirmation));
    }

    [Fact]
    public async Task Add_AnEngineThatNeverAnswers_EndsWithTheRowsTime()
    {
        var cell = Uncertain("total", "12.00");
        var engine = new FakeEngine(name: "mini") { Gate = (_, _) => new TaskCompletionSource().Task };
        await Parts(time: new ImpatientTime()).AddAsync(engine, Question.Of(Version(), null), new ImageInput(Picture), [cell], TimeSpan.FromMinutes(1), Cancellation);
        Assert.Null(cell.Evidence!.Confirmation);
    }

    [Fact]
    public async Task Add_NoTimeLeft_AsksNothing()
    {
        var engine = Answering("12.00");
        await Parts().AddAsync(engine, Question.Of(Version(), null), new ImageInput(Picture), [Uncertain("total", "12.00")], TimeSpan.Zero, Cancellation);
        Assert.Equal(0, engine.Calls);
    }

    [Fact]
    public async Task Add_SomebodyStopsTheBatch_StopsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var engine = new FakeEngine(name: "mini") { Gate = (_, c) => { stop.Cancel(); return Task.FromCanceled(c); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Parts().AddAsync(engine, Question.Of(Version(), null), new ImageInput(Picture), [Uncertain("total", "12.00")], TimeSpan.FromMinutes(1), stop.Token));
    }

    [Theory]
    [InlineData("12.00", true)]
    [InlineData("18.00", false)]
    public async Task Run_AVersionThatConfirms_MovesTheScoreAndCountsTheCost(string again, bool agrees)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Model(again)));
        var scene = await studio.SeedAsync(1);
        await ShowAsync(studio);
        var id = await studio.CreateAsync(BatchScene.Order(scene) with { Engine = "mini", Grounding = Grounding.PictureOnly });
        await studio.UntilAsync(id, BatchStatus.Finished);
        var row = Assert.Single(await studio.RowsAsync(id));
        var cell = row.Cells.Single(c => c.FieldKey == "total");
        Assert.Equal((1, agrees), (row.ConfirmedCells, cell.Evidence!.Confirmation!.Agrees));
        Assert.True(row.ConfirmationSeconds > 0);
        Assert.Equal(RawScore.Of(FieldType.Money, "12.00", cell.Evidence), cell.Score);
        cell.Evidence.Confirmation = null;
        Assert.Equal(agrees, cell.Score > RawScore.Of(FieldType.Money, "12.00", cell.Evidence));

        var api = await studio.Http.GetFromJsonAsync<JsonElement>($"/api/batches/{id}", Cancellation);
        Assert.Equal((1, row.ConfirmationSeconds), (api.GetProperty("confirmedCells").GetInt32(), api.GetProperty("confirmationSeconds").GetDouble()));
    }

    [Theory]
    [InlineData(0.1, false)]
    [InlineData(0.2, true)]
    public async Task Run_AgainWithAnotherBand_IsNotTheSameWork(double from, bool isAsked)
    {
        var engine = Model("12.00");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(1);
        await ShowAsync(studio);
        var order = BatchScene.Order(scene) with { Engine = "mini", Grounding = Grounding.PictureOnly };
        await studio.UntilAsync(await studio.CreateAsync(order), BatchStatus.Finished);
        var before = engine.Calls;
        studio.Get<IOptions<ConfirmationOptions>>().Value.From = from;
        await studio.UntilAsync(await studio.CreateAsync(order), BatchStatus.Finished);
        Assert.Equal(isAsked, engine.Calls > before);
    }

    /// <summary>The scene's picture becomes a real one, and its version confirms.</summary>
    private static async Task ShowAsync(StudioApp studio)
    {
        using var bytes = new MemoryStream(Picture);
        var stored = await studio.Get<ImageStore>().AddAsync(bytes, 1_000_000, Cancellation);
        await using var db = studio.OpenDatabase();
        await db.Images.ExecuteUpdateAsync(set => set.SetProperty(i => i.ContentHash, stored.Hash), Cancellation);
        await db.TemplateVersions.ExecuteUpdateAsync(set => set.SetProperty(v => v.Confirms, true), Cancellation);
    }

    private static FakeEngine Model(string again) => new(r => r.Fields!.Count == 1 ? $$"""{"total": "{{again}}"}""" : """{"total": "12.00", "date": null}""", "mini")
    {
        Readings = [new("total", "12.00", Box, 0.8) { Match = 1, LineScore = 0.95, Evidence = new() { Tokens = 3, LogProbability = -0.6, PermittedLogProbability = -0.5, Margin = 0.4 } }],
    };

    private static FakeEngine Answering(string? total) => new(_ => JsonSerializer.Serialize(new { total }), "mini");

    private static Cell Uncertain(string field, string value, double score = 0.5) =>
        new() { FieldKey = field, Value = value, Score = score, Box = Box with { }, Evidence = new CellEvidence { Source = ValueSource.Model, Tokens = 3 } };

    private static TemplateVersion Version(bool confirms = true) => new()
    {
        Confirms = confirms, Grounding = Grounding.PageText,
        Fields = [new Field { Key = "total", Label = "合计", Type = FieldType.Money }, new Field { Key = "date", Label = "日期", Type = FieldType.Date },
            new Field { Key = "count", Label = "件数", Type = FieldType.Number }, new Field { Key = "name", Label = "店名", Type = FieldType.Text }],
    };

    private static Task<ConfirmationCost> ConfirmAsync(FakeEngine engine, params Cell[] cells) => ConfirmAsync(engine, new ConfirmationOptions(), cells);

    private static Task<ConfirmationCost> ConfirmAsync(FakeEngine engine, ConfirmationOptions options, params Cell[] cells) =>
        Parts(options).AddAsync(engine, Question.Of(Version(), null), new ImageInput(Picture), cells, TimeSpan.FromMinutes(1), Cancellation);

    private static ConfirmCells Parts(ConfirmationOptions? options = null, TimeProvider? time = null) => new(new ImageReader(new ImageLimits()),
        Options.Create(options ?? new ConfirmationOptions()), Options.Create(new BatchOptions()), time ?? TimeProvider.System, NullLogger<ConfirmCells>.Instance);
}
