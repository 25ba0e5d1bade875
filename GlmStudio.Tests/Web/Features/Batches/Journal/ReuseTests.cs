using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Journal;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches.Journal;

public sealed class ReuseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SameWorkTwice_IsAnsweredOnceWithItsEvidence()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(3);
        var first = await FinishAsync(studio, BatchScene.Order(scene));
        await CorrectAsync(studio, first, "99.00");
        var second = await FinishAsync(studio, BatchScene.Order(scene));
        Assert.Equal(3, engine.Calls);
        foreach (var (was, now) in (await studio.RowsAsync(first)).Zip(await studio.RowsAsync(second)))
        {
            Assert.Equal((RowStatus.Answered, was.Answer, was.Id, first, was.Identity), (now.Status, now.Answer, now.ReusedFromRowId, now.ReusedFromBatchId, now.Identity));
            var (before, after) = (was.Cells.Single(c => c.FieldKey == "total"), now.Cells.Single(c => c.FieldKey == "total"));
            Assert.Equal(("12.00", false, before.Score, before.Box), (after.Value, after.IsCorrected, after.Score, after.Box));
            Assert.Equal((before.Evidence!.Source, before.Evidence.Margin), (after.Evidence!.Source, after.Evidence.Margin));
        }
        Assert.Equal(3, (await studio.Get<ReadBatches>().FindAsync(second, Cancellation))!.Reused);
    }

    [Fact]
    public async Task Run_Anew_AsksEveryRow()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(2);
        await FinishAsync(studio, BatchScene.Order(scene));
        await FinishAsync(studio, BatchScene.Order(scene) with { IsAnew = true });
        Assert.Equal(4, engine.Calls);
    }

    [Fact]
    public async Task Run_RepeatOfAReusedRow_NamesTheRowThatTheEngineAnswered()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Engine()));
        var scene = await studio.SeedAsync(1);
        var first = await FinishAsync(studio, BatchScene.Order(scene));
        await FinishAsync(studio, BatchScene.Order(scene));
        var third = await FinishAsync(studio, BatchScene.Order(scene));
        Assert.Equal(first, (await studio.RowsAsync(third))[0].ReusedFromBatchId);
    }

    [Fact]
    public async Task Run_OtherInstruction_MissesAndTheStoryNamesThePrompt()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(1);
        var first = await FinishAsync(studio, BatchScene.Order(scene));
        await using (var db = studio.OpenDatabase())
        {
            var version = await db.TemplateVersions.AsNoTracking().SingleAsync(Cancellation);
            db.Add(new TemplateVersion { TemplateId = version.TemplateId, Number = 2, Instruction = "Read it again.", Fields = [.. version.Fields] });
            await db.SaveChangesAsync(Cancellation);
        }
        var second = await FinishAsync(studio, BatchScene.Order(scene) with { TemplateVersionId = scene.VersionId + 1 });
        Assert.Equal(2, engine.Calls);
        var story = await studio.Get<ExplainRow>().HandleAsync((await studio.RowsAsync(second))[0].Id, Cancellation);
        Assert.Equal(first, story!.Nearest!.BatchId);
        Assert.Equal(SharedManifest.PromptPart, Assert.Single(story.Nearest.Differences).Name);
    }

    [Fact]
    public async Task Run_RulesChangedOnly_TakesTheReadingUnderTheNewRules()
    {
        var engine = Engine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(1);
        await FinishAsync(studio, BatchScene.Order(scene));
        await using (var db = studio.OpenDatabase())
        {
            var version = await db.TemplateVersions.AsNoTracking().SingleAsync(Cancellation);
            var total = new Field { Key = "total", Label = "合计", Type = FieldType.Money, Steps = [new GlmStudio.Web.Domain.Rules.PatternStep("[0-9]+")] };
            db.Add(new TemplateVersion { TemplateId = version.TemplateId, Number = 2, Instruction = version.Instruction, Fields = [total, version.Fields[1]] });
            await db.SaveChangesAsync(Cancellation);
        }
        var second = await FinishAsync(studio, BatchScene.Order(scene) with { TemplateVersionId = scene.VersionId + 1 });
        Assert.Equal(1, engine.Calls);
        var cell = (await studio.RowsAsync(second))[0].Cells.Single(c => c.FieldKey == "total");
        Assert.Equal(("12", "12.00"), (cell.Value, cell.Raw));
    }

    [Fact]
    public async Task Run_Repeats_AreRowsOfTheirOwnAndTheirAgreementIsCounted()
    {
        var calls = 0;
        var engine = new FakeEngine(_ => $$"""{"total": "{{(Interlocked.Increment(ref calls) == 2 ? 8 : 3)}}", "date": null}""");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await FinishAsync(studio, BatchScene.Order(await studio.SeedAsync(2)) with { Repeats = 3, Limit = 1 });
        var rows = await studio.RowsAsync(id);
        Assert.Equal([(0, 0), (1, 1), (2, 2)], rows.Select(r => (r.Ordinal, r.Repeat)));
        Assert.Equal(3, rows.Select(r => r.Identity).Distinct().Count());
        var story = await studio.Get<ExplainRow>().HandleAsync(rows[0].Id, Cancellation);
        Assert.Equal([new("total", "合计", 2, 3), new("date", "日期", 3, 3)], story!.Repeats);
    }

    [Fact]
    public async Task Run_Rows_ShareOneManifestAndHaveOneLineOfTheJournalEach()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Engine()));
        var id = await FinishAsync(studio, BatchScene.Order(await studio.SeedAsync(3)));
        await using var db = studio.OpenDatabase();
        var manifest = await db.SharedManifests.SingleAsync(Cancellation);
        Assert.All(await studio.RowsAsync(id), r => Assert.Equal((manifest.Id, manifest.For(r.ImageItem!.ContentHash, 0, 0).Identity), (r.SharedManifestId, r.Identity)));
        Assert.Equal([JournalEvent.Answered, JournalEvent.Answered, JournalEvent.Answered], await db.Journal.Select(e => e.Event).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Run_BlankTokensMerged_IsOtherWorkByThePictureSettingsAlone()
    {
        async Task<List<ManifestPart>> PartsAsync(string blank)
        {
            await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Engine()), $"--Models:BlankTokens={blank}");
            await FinishAsync(studio, BatchScene.Order(await studio.SeedAsync(1)));
            await using var db = studio.OpenDatabase();
            return [.. (await db.SharedManifests.SingleAsync(Cancellation)).Parts];
        }
        var (keep, merge) = (await PartsAsync("keep"), await PartsAsync("merge"));
        Assert.Equal([SharedManifest.PreprocessingPart], keep.Except(merge).Select(p => p.Name));
    }

    private static FakeEngine Engine() => new(_ => """{"total": "12.00", "date": "2026-03-01"}""")
    {
        Readings = [new FieldReading("total", "12.00", new PageBox(0.1, 0.2, 0.3, 0.1), 0.9) { Evidence = new ReadingEvidence { Tokens = 2, LogProbability = -0.2, PermittedLogProbability = -0.1, Margin = 2.5 } }],
    };

    private static async Task<int> FinishAsync(StudioApp studio, BatchOrder order)
    {
        var id = await studio.CreateAsync(order);
        await studio.UntilAsync(id, BatchStatus.Finished);
        return id;
    }

    private static async Task CorrectAsync(StudioApp studio, int batchId, string value)
    {
        await using var db = studio.OpenDatabase();
        await db.Cells.Where(c => c.Row!.BatchId == batchId && c.FieldKey == "total")
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.IsCorrected, true).SetProperty(c => c.CorrectedValue, value), Cancellation);
    }
}
