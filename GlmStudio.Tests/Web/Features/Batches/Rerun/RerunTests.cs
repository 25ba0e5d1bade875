using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Features.Batches.Rerun;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches.Rerun;

public sealed class RerunTests
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_FieldAskedDifferently_TouchesAllReadableRows()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Engine()));
        var id = await FinishedAsync(studio, 4, item => item.Problem = item.Ordinal == 3 ? "Cut short." : null);
        await EditAsync(studio, v => v.Fields[0].Description = "The sum at the bottom.");
        var preview = await studio.Get<PreviewRerun>().HandleAsync(id, null, Cancellation);
        Assert.Equal((null, false, 3, 1, 2), (preview.Problem, preview.IsRulesOnly, preview.Rows, preview.FromVersion, preview.ToVersion));
        Assert.Equal([TouchKind.AskedDifferently, TouchKind.AskedBesideChanges], preview.Fields.Select(f => f.Kind));
    }

    [Fact]
    public async Task Preview_FieldsAddedAndRemoved_NamesBoth()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Engine()));
        var id = await FinishedAsync(studio, 1);
        await EditAsync(studio, v => v.Fields[1] = new Field { Key = "place", Label = "Place" });
        var preview = await studio.Get<PreviewRerun>().HandleAsync(id, null, Cancellation);
        Assert.Equal([("total", TouchKind.AskedBesideChanges), ("place", TouchKind.Added), ("date", TouchKind.Removed)], preview.Fields.Select(f => (f.Key, f.Kind)));
    }

    [Fact]
    public async Task Start_RulesOnly_AsksNothing()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await FinishedAsync(studio, 2);
        await EditAsync(studio, v => v.Fields[0].Steps = [new PatternStep("[0-9]+")]);
        var preview = await studio.Get<PreviewRerun>().HandleAsync(id, null, Cancellation);
        Assert.Equal((true, 0, 2, TouchKind.RulesOnly), (preview.IsRulesOnly, preview.Rows, preview.RowsUnderRules, preview.Fields[0].Kind));
        var started = await studio.Get<StartRerun>().HandleAsync(id, null, Cancellation);
        Assert.Equal((id, 2), (started.BatchId, engine.Calls));
        Assert.All(await studio.RowsAsync(id), r => Assert.Equal("12", r.Cells.Single(c => c.FieldKey == "total").Value));
    }

    [Fact]
    public async Task Sample_ElevenRows_AsksTenKeepsNothingAndCountsFlips()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await FinishedAsync(studio, 11);
        await EditAsync(studio, v => v.Instruction = "Look twice.");
        engine.Answer = r => BatchScene.PathOf(r) == BatchScene.PathOf(0) ? """{"total": "18.00", "date": null}""" : """{"total": "12.00", "date": null}""";
        var sample = await studio.Get<SampleRerun>().HandleAsync(id, 2, null, Cancellation);
        Assert.Equal((10, 0, 1, 21), (sample.Asked, sample.Failed, sample.Flipped, engine.Calls));
        Assert.Equal(1, sample.FlippedFields["total"]);
        Assert.Equal((10, 40), (sample.FlipsIn(100), sample.MostFlipsIn(100)));
        Assert.All(await studio.RowsAsync(id), r => Assert.Equal("12.00", r.Cells.Single(c => c.FieldKey == "total").Value));
    }

    [Fact]
    public async Task Sample_Stopped_Ends()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await FinishedAsync(studio, 3);
        await EditAsync(studio, v => v.Instruction = "Look twice.");
        using var stop = new CancellationTokenSource();
        engine.Gate = async (_, cancellation) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => studio.Get<SampleRerun>().HandleAsync(id, 2, null, stop.Token));
    }

    [Fact]
    public async Task Start_PromptChanged_RunsANewBatchAndCorrectionsSurvive()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await FinishedAsync(studio, 3);
        await CorrectAsync(studio, id, 0, "99.00");
        await CorrectAsync(studio, id, 1, "18.00");
        await EditAsync(studio, v => v.Instruction = "Look twice.");
        engine.Answer = _ => """{"total": "18.00", "date": null}""";
        var started = await studio.Get<StartRerun>().HandleAsync(id, null, Cancellation);
        var batch = await studio.UntilAsync(started.BatchId!.Value, BatchStatus.Finished);
        Assert.Equal((id, 6), (batch.PreviousBatchId, engine.Calls));
        var totals = (await studio.RowsAsync(batch.Id)).Select(r => r.Cells.Single(c => c.FieldKey == "total")).ToList();
        // The first is corrected still, the second need not be any more, the third never was.
        Assert.Equal([("18.00", true, "99.00"), ("18.00", false, "18.00"), ("18.00", false, "18.00")], totals.Select(c => (c.Value, c.IsCorrected, c.Final)));
        await using var db = studio.OpenDatabase();
        var carried = await db.Corrections.SingleAsync(e => e.CellId == totals[0].Id, Cancellation);
        Assert.Equal(("18.00", "99.00", Noon), (carried.Before, carried.After, carried.At));
        Assert.Equal("99.00", (await studio.RowsAsync(id))[0].Cells.Single(c => c.FieldKey == "total").Final);
    }

    [Fact]
    public async Task Start_AgainAndAgain_KeepsAWordThatTheBatchBetweenDidNotNeed()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var first = await FinishedAsync(studio, 1);
        await CorrectAsync(studio, first, 0, "18.00");
        var second = await RerunAsync(studio, engine, first, 2, "18.00");
        Assert.Equal(("18.00", false), (second.Value, second.IsCorrected));
        var third = await RerunAsync(studio, engine, (await BatchOfAsync(studio, second)), 3, "12.00");
        Assert.Equal(("12.00", true, "18.00"), (third.Value, third.IsCorrected, third.Final));
    }

    [Fact]
    public async Task Start_AgainAndAgain_LeavesOutAWordThatWasTakenBackBetween()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var first = await FinishedAsync(studio, 1);
        await CorrectAsync(studio, first, 0, "99.00");
        var second = await RerunAsync(studio, engine, first, 2, "18.00");
        Assert.Equal("99.00", second.Final);
        await using (var db = studio.OpenDatabase())
        {
            await db.Corrections.Where(e => e.CellId == second.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.UndoneAt, Noon), Cancellation);
            await db.Cells.Where(c => c.Id == second.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsCorrected, false).SetProperty(c => c.CorrectedValue, (string?)null), Cancellation);
        }
        Assert.Equal("12.00", (await RerunAsync(studio, engine, await BatchOfAsync(studio, second), 3, "12.00")).Final);
    }

    [Fact]
    public async Task Preview_NewestVersionAlready_SaysSo()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Engine()));
        var preview = await studio.Get<PreviewRerun>().HandleAsync(await FinishedAsync(studio, 1), null, Cancellation);
        Assert.Contains("version 1 already", preview.Problem!.ToString(), StringComparison.Ordinal);
    }

    private static FakeEngine Engine() => new() { Answer = _ => """{"total": "12.00", "date": null}""" };

    private static async Task<int> FinishedAsync(StudioApp studio, int pictures, Action<ImageItem>? change = null)
    {
        var id = await studio.StartBatchAsync(pictures, change);
        await studio.UntilAsync(id, BatchStatus.Finished);
        return id;
    }

    /// <summary>Saves the template's next version.</summary>
    private static async Task EditAsync(StudioApp studio, Action<TemplateVersion> edit)
    {
        await using var db = studio.OpenDatabase();
        var version = await db.TemplateVersions.AsNoTracking().OrderBy(v => v.Number).LastAsync(Cancellation);
        var next = new TemplateVersion { TemplateId = version.TemplateId, Number = version.Number + 1, Instruction = version.Instruction, Fields = version.Fields };
        edit(next);
        db.Add(next);
        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>Runs a batch again under another prompt.</summary>
    /// <returns>The new batch's only total.</returns>
    private static async Task<Cell> RerunAsync(StudioApp studio, FakeEngine engine, int batchId, int version, string total)
    {
        await EditAsync(studio, v => v.Instruction = $"Look, version {version}.");
        engine.Answer = _ => $$"""{"total": "{{total}}", "date": null}""";
        var started = await studio.Get<StartRerun>().HandleAsync(batchId, version, Cancellation);
        await studio.UntilAsync(started.BatchId!.Value, BatchStatus.Finished);
        return Assert.Single(await studio.RowsAsync(started.BatchId.Value)).Cells.Single(c => c.FieldKey == "total");
    }

    private static async Task<int> BatchOfAsync(StudioApp studio, Cell cell)
    {
        await using var db = studio.OpenDatabase();
        return await db.Rows.Where(r => r.Id == cell.RowId).Select(r => r.BatchId).SingleAsync(Cancellation);
    }

    private static async Task CorrectAsync(StudioApp studio, int batchId, int ordinal, string value)
    {
        await using var db = studio.OpenDatabase();
        var cell = await db.Cells.SingleAsync(c => c.Row!.BatchId == batchId && c.Row.Ordinal == ordinal && c.FieldKey == "total", Cancellation);
        db.Add(new Correction { Cell = cell, Before = cell.Value, After = value, At = Noon });
        (cell.IsCorrected, cell.CorrectedValue) = (true, value);
        await db.SaveChangesAsync(Cancellation);
    }
}
