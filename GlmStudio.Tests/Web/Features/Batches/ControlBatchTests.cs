using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class ControlBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pause_RowsInFlight_AreAnsweredAndNoneStarts()
    {
        var (engine, held, release) = Holding(2);
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(6);
        await held;
        Assert.Null((await studio.Get<ControlBatch>().PauseAsync(id, Cancellation)).Problem);
        release.SetResult();
        await studio.UntilAsync(async db => await db.Rows.CountAsync(r => r.BatchId == id && r.Status == RowStatus.Answered, Cancellation) == 2 ? "two" : null);
        Assert.Equal(BatchStatus.Paused, (await studio.UntilAsync(id, BatchStatus.Paused)).Status);
        Assert.Equal(4, (await studio.RowsAsync(id)).Count(r => r.Status == RowStatus.Queued));

        Assert.Null((await studio.Get<ControlBatch>().ResumeAsync(id, Cancellation)).Problem);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal(6, engine.Calls);
    }

    [Fact]
    public async Task Cancel_RowsInFlight_AreFreedAtOnceAndAnswersStay()
    {
        var freed = 0;
        var engine = new FakeEngine();
        var stuck = new TaskCompletionSource();
        engine.Gate = async (r, cancellation) =>
        {
            if (BatchScene.PathOf(r) == BatchScene.PathOf(0)) return;
            if (BatchScene.PathOf(r) == BatchScene.PathOf(2)) stuck.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            }
            finally
            {
                Interlocked.Increment(ref freed);
            }
        };
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(5);
        await stuck.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Null((await studio.Get<ControlBatch>().CancelAsync(id, Cancellation)).Problem);
        var next = await studio.CreateAsync(BatchScene.Order((1, 1)) with { Limit = 1 });
        await studio.UntilAsync(next, BatchStatus.Finished);
        Assert.Equal(2, freed);
        Assert.Equal([RowStatus.Answered, RowStatus.Cancelled, RowStatus.Cancelled, RowStatus.Cancelled, RowStatus.Cancelled],
            (await studio.RowsAsync(id)).Select(r => r.Status));
    }

    [Fact]
    public async Task Retry_FailedRows_AreAskedAgainAndOnlyThese()
    {
        var faulty = true;
        var engine = new FakeEngine(r => faulty && BatchScene.PathOf(r) == BatchScene.PathOf(1) ? throw new EngineException(EngineFault.BadRequest, "No.") : "{}");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(4, item => item.Problem = item.Ordinal == 3 ? "Not a picture." : null);
        await studio.UntilAsync(id, BatchStatus.Finished);
        faulty = false;
        Assert.Null((await studio.Get<ControlBatch>().RetryAsync(id, Cancellation)).Problem);
        await studio.UntilAsync(async db =>
            await db.Rows.CountAsync(r => r.BatchId == id && r.Status == RowStatus.Answered, Cancellation) == 3 ? "all" : null);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal([1, 2, 1, 0], (await studio.RowsAsync(id)).Select(r => r.Attempts));
        Assert.Equal("Not a picture.", (await studio.RowsAsync(id))[3].Error);
    }

    [Fact]
    public async Task Retry_MissingFileIsAddedAgain_AsksAboutIt()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await studio.StartBatchAsync(2, item => item.Problem = item.Ordinal == 1 ? ImageItem.FileIsMissing : null);
        await studio.UntilAsync(id, BatchStatus.Finished);
        var retry = studio.Get<ControlBatch>();
        Assert.NotNull((await retry.RetryAsync(id, Cancellation)).Problem);
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(BatchScene.PathOf(1)));
        await studio.Get<AddImages>().HandleAsync((await studio.RowsAsync(id))[1].ImageItem!.DatasetId, BatchScene.PathOf(1), bytes, Cancellation);
        Assert.Null((await retry.RetryAsync(id, Cancellation)).Problem);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.All(await studio.RowsAsync(id), r => Assert.Equal((RowStatus.Answered, 1), (r.Status, r.Attempts)));
    }

    [Fact]
    public async Task Retry_CancelledBatch_AnswersTheRest()
    {
        var engine = new FakeEngine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(3)), owner: "elsewhere|1|1");
        await studio.Get<ControlBatch>().CancelAsync(id, Cancellation);
        Assert.Null((await studio.Get<ControlBatch>().RetryAsync(id, Cancellation)).Problem);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.All(await studio.RowsAsync(id), r => Assert.Equal(RowStatus.Answered, r.Status));
    }

    [Fact]
    public async Task Retry_NothingFailed_SaysSoAndLeavesTheBatchFinished()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await studio.StartBatchAsync(1);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Contains("no row to ask again", (await studio.Get<ControlBatch>().RetryAsync(id, Cancellation)).Problem?.ToString(), StringComparison.Ordinal);
        Assert.NotNull(await studio.UntilAsync(id, BatchStatus.Finished));
    }

    [Fact]
    public async Task Pause_FinishedBatch_SaysWhyNot()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await studio.StartBatchAsync(1);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal("Only a waiting or running batch can be paused; this one is Finished.", (await studio.Get<ControlBatch>().PauseAsync(id, Cancellation)).Problem?.ToString());
        Assert.Equal("There is no batch 77.", (await studio.Get<ControlBatch>().PauseAsync(77, Cancellation)).Problem?.ToString());
    }

    [Fact]
    public async Task Delete_RunningBatch_FreesItsWorkAndLeavesNothing()
    {
        var (engine, held, _) = Holding(2);
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(4);
        await held;
        Assert.Null((await studio.Get<ControlBatch>().DeleteAsync(id, Cancellation)).Problem);
        await using var db = studio.OpenDatabase();
        Assert.Empty(db.Batches);
        Assert.Empty(db.Rows);
        Assert.Equal(4, await db.Images.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Server_BatchOfALivingProcess_IsLeftAlone()
    {
        var engine = new FakeEngine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(2);
        var owned = await studio.CreateAsync(BatchScene.Order(scene), owner: GlmStudio.Web.Data.Cluster.OwnerProcess.Current);
        await studio.UntilAsync(await studio.CreateAsync(BatchScene.Order(scene)), BatchStatus.Finished);
        Assert.All(await studio.RowsAsync(owned), r => Assert.Equal(RowStatus.Queued, r.Status));
        Assert.Contains("belongs to a command", (await studio.Get<ControlBatch>().PauseAsync(owned, Cancellation)).Problem?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_BatchOfADeadProcess_IsPausedForAPerson()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(2)), owner: $"{Environment.MachineName}|4194304|1");
        Assert.Equal("The command that ran it ended early.", (await studio.UntilAsync(id, BatchStatus.Paused)).Problem);
        Assert.Null((await studio.Get<ControlBatch>().ResumeAsync(id, Cancellation)).Problem);
        await studio.UntilAsync(id, BatchStatus.Finished);
    }

    /// <summary>An engine that holds rows until released, and a task that ends once so many are held.</summary>
    private static (FakeEngine Engine, Task Held, TaskCompletionSource Release) Holding(int rows)
    {
        var (held, release, waiting) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var engine = new FakeEngine
        {
            Gate = async (_, cancellation) =>
            {
                if (Interlocked.Increment(ref waiting) == rows) held.TrySetResult();
                await release.Task.WaitAsync(cancellation);
            },
        };
        return (engine, held.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation), release);
    }
}
