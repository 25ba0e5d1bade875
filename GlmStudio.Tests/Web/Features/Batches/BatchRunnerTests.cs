using System.Collections.Concurrent;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class BatchRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TenPictures_AnswersThemInUploadOrder()
    {
        var asked = new ConcurrentQueue<string>();
        var engine = new FakeEngine(r => $$"""{"total": "{{BatchScene.PathOf(r)}}", "日期": null}""");
        engine.Gate = (r, _) =>
        {
            asked.Enqueue(BatchScene.PathOf(r));
            return Task.CompletedTask;
        };
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(10);
        var batch = await studio.UntilAsync(id, BatchStatus.Finished);
        var rows = await studio.RowsAsync(id);
        Assert.All(rows, r => Assert.Equal((RowStatus.Answered, 1), (r.Status, r.Attempts)));
        Assert.All(rows, r => Assert.Equal(r.ImageItem!.Path, r.Cells.Single(c => c.FieldKey == "total").Value));
        Assert.All(rows, r => Assert.Null(r.Cells.Single(c => c.FieldKey == "date").Value));
        Assert.Equal(10, asked.Distinct().Count());
        Assert.True(batch is { StartedAt: not null, FinishedAt: not null, ActiveSeconds: > 0, PeakMemoryBytes: > 1_000_000 });
    }

    [Theory]
    [InlineData(Grounding.ModelDefault, null, Grounding.ModelDefault)]
    [InlineData(Grounding.PageText, null, Grounding.PageText)]
    [InlineData(Grounding.PageText, Grounding.PictureOnly, Grounding.PictureOnly)]
    public async Task Run_Grounding_IsTheBatchsOrElseTheTemplates(Grounding template, Grounding? batch, Grounding expected)
    {
        var asked = new ConcurrentQueue<Grounding>();
        var engine = new FakeEngine(r =>
        {
            asked.Enqueue(r.Grounding);
            return "{}";
        });
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(1);
        await using (var db = studio.OpenDatabase())
        {
            db.TemplateVersions.Single().Grounding = template;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var id = await studio.CreateAsync(BatchScene.Order(scene) with { Grounding = batch });
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal([expected], asked);
    }

    [Fact]
    public async Task Run_EngineRefusesOnePicture_IsOneFailedRow()
    {
        var engine = new FakeEngine(r => BatchScene.PathOf(r) == BatchScene.PathOf(1)
            ? throw new EngineException(EngineFault.UnreadableImage, "The JPEG ends after 12 bytes.") : "{}");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(3);
        await studio.UntilAsync(id, BatchStatus.Finished);
        var rows = await studio.RowsAsync(id);
        Assert.Equal([RowStatus.Answered, RowStatus.Failed, RowStatus.Answered], rows.Select(r => r.Status));
        Assert.Equal("The JPEG ends after 12 bytes.", rows[1].Error);
    }

    [Fact]
    public async Task Run_UnexpectedFault_IsOneFailedRowWithoutInnerDetails()
    {
        var engine = new FakeEngine(r => BatchScene.PathOf(r) == BatchScene.PathOf(0) ? throw new InvalidOperationException("secret path") : "{}");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(2);
        await studio.UntilAsync(id, BatchStatus.Finished);
        var rows = await studio.RowsAsync(id);
        Assert.Equal([RowStatus.Failed, RowStatus.Answered], rows.Select(r => r.Status));
        Assert.DoesNotContain("secret", rows[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PictureMissingInTheStore_SaysSo()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await studio.StartBatchAsync(1, item => item.ContentHash = new string('a', 64));
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Contains("missing in the data folder", (await studio.RowsAsync(id))[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MemoryRunsOutOnce_TriesTheRowAgain()
    {
        var faults = 0;
        var engine = new FakeEngine(_ => Interlocked.Increment(ref faults) == 1 ? throw new EngineException(EngineFault.OutOfMemory, "No memory.") : "{}");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(1);
        await studio.UntilAsync(id, BatchStatus.Finished);
        var row = Assert.Single(await studio.RowsAsync(id));
        Assert.Equal((RowStatus.Answered, 2), (row.Status, row.Attempts));
    }

    [Fact]
    public async Task Run_AnswerNoDatabaseTakes_IsSavedClean()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(_ => "{\"total\":\"1\0\ud800 \\u0000\"}")));
        var id = await studio.StartBatchAsync(1);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal("1\ufffd", (await studio.RowsAsync(id))[0].Cells.Single(c => c.FieldKey == "total").Value);
    }

    [Fact]
    public async Task Run_EngineThatNeverAnswers_FailsAtTheDeadline()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await studio.StartBatchAsync(1);
        var row = (await studio.RowsAsync(1))[0];
        var engine = new FakeEngine { Gate = (_, _) => new TaskCompletionSource().Task };
        var answer = new AnswerRow(studio.Get<GlmStudio.Web.Data.ImageStore>(), studio.Get<SecondReading>(), studio.Get<ConfirmCells>(), studio.Get<IOptions<BatchOptions>>(), new ImpatientTime());
        var fault = await Assert.ThrowsAsync<EngineException>(() => answer.HandleAsync(engine, new Question("?", [], null, default, AnswerLayout.Json),
            new ClaimedRow(row.Id, 1, 1, row.ImageItem!.ContentHash, 0), Cancellation));
        Assert.Equal(EngineFault.Timeout, fault.Fault);
    }

    [Fact]
    public async Task Run_EngineWentAway_FailsTheBatchAndKeepsTheRows()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var scene = await studio.SeedAsync(2);
        int id;
        await using (var db = studio.OpenDatabase())
        {
            var batch = new Batch { Name = "gone", DatasetId = scene.DatasetId, TemplateVersionId = scene.VersionId, Engine = "gone" };
            db.Batches.Add(batch);
            await db.SaveChangesAsync(Cancellation);
            id = batch.Id;
        }
        await studio.Get<BatchRunner>().RunAsync(id, Cancellation);
        var failed = await studio.UntilAsync(id, BatchStatus.Failed);
        Assert.Contains("no engine or checkpoint folder named \"gone\"", failed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SeveralBatches_OldestFirst()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var scene = await studio.SeedAsync(3);
        var first = await studio.CreateAsync(BatchScene.Order(scene));
        var second = await studio.CreateAsync(BatchScene.Order(scene));
        var later = await studio.UntilAsync(second, BatchStatus.Finished);
        var earlier = await studio.UntilAsync(first, BatchStatus.Finished);
        Assert.True(earlier.FinishedAt <= later.StartedAt);
    }
}
