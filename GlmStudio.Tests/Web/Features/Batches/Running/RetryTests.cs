using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches.Running;

public sealed class RetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_MemoryRunsOutTwice_WaitsInTheQueueAndKeepsTheReasons()
    {
        var faults = 0;
        var engine = new FakeEngine(_ => Interlocked.Increment(ref faults) <= 2 ? throw new EngineException(EngineFault.OutOfMemory, "No memory.") : "{}");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine), "--Batches:Attempts=3", "--Batches:BackoffSeconds=0.05");
        var id = await studio.StartBatchAsync(1);
        await studio.UntilAsync(id, BatchStatus.Finished);
        var row = Assert.Single(await studio.RowsAsync(id));
        Assert.Equal((RowStatus.Answered, 3, null), (row.Status, row.Attempts, row.NotBefore));
        await using var db = studio.OpenDatabase();
        Assert.Equal([(JournalEvent.TriedAgain, 1, "No memory."), (JournalEvent.TriedAgain, 2, "No memory."), (JournalEvent.Answered, 3, null)],
            (await db.Journal.OrderBy(e => e.Id).ToListAsync(Cancellation)).Select(e => (e.Event, e.Attempt, e.Note)));
    }

    [Theory]
    [InlineData(EngineFault.UnreadableImage, 1)]
    [InlineData(EngineFault.BadRequest, 1)]
    [InlineData(EngineFault.Timeout, 3)]
    public async Task Run_Fault_IsTriedAgainOnlyWhereItMayPass(EngineFault fault, int calls)
    {
        var engine = new FakeEngine(_ => throw new EngineException(fault, "No."));
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine), "--Batches:Attempts=3", "--Batches:BackoffSeconds=0");
        var id = await studio.StartBatchAsync(1);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal((RowStatus.Failed, calls), ((await studio.RowsAsync(id))[0].Status, engine.Calls));
    }

    [Fact]
    public async Task Claim_PostponedRow_WaitsUntilItsTime()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(1)), OwnerProcess.Current);
        await using var db = studio.OpenDatabase();
        await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Running), Cancellation);
        var claims = studio.Get<RowClaims>();
        var row = (await claims.ClaimAsync(id, Cancellation))!;
        Assert.True(await claims.PostponeAsync(row, "Later.", 0.1, TimeSpan.FromDays(1)));
        Assert.Null(await claims.ClaimAsync(id, Cancellation));
        Assert.InRange((await claims.NextDueAsync(id, Cancellation))!.Value, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
        await db.Rows.ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Cancellation);
        Assert.Equal(2, (await claims.ClaimAsync(id, Cancellation))!.Attempt);
    }

    [Fact]
    public async Task Run_TooManyRowsFail_PausesWithTheReasonAndGoesOnWhenAsked()
    {
        var isBroken = true;
        var engine = new FakeEngine(_ => Volatile.Read(ref isBroken) ? throw new EngineException(EngineFault.BadRequest, "No.") : "{}");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine), "--Batches:MaxFailedPercent=50", "--Batches:FailuresCountFrom=4");
        var id = await studio.StartBatchAsync(12);
        var paused = await studio.UntilAsync(id, BatchStatus.Paused);
        Assert.Contains("Too many rows fail", paused.Problem, StringComparison.Ordinal);
        Assert.InRange(engine.Calls, 4, 5);

        Volatile.Write(ref isBroken, false);
        Assert.Null((await studio.Get<ControlBatch>().ResumeAsync(id, Cancellation)).Problem);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal(12, (await studio.RowsAsync(id)).Count(r => r.Status is RowStatus.Answered or RowStatus.Failed));
    }

    [Fact]
    public async Task Run_HigherPriority_GoesBeforeAnOlderBatchThatWaits()
    {
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine { Gate = (_, cancellation) => gate.Task.WaitAsync(cancellation) };
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(1);
        var order = BatchScene.Order(scene) with { IsAnew = true };
        var running = await studio.CreateAsync(order);
        await studio.UntilAsync(running, BatchStatus.Running);
        var older = await studio.CreateAsync(order with { Priority = BatchPriority.Low });
        var urgent = await studio.CreateAsync(order);
        using var response = await studio.Http.PostAsync($"/api/batches/{urgent}/priority?value=high", null, Cancellation);
        Assert.True(response.IsSuccessStatusCode);
        gate.SetResult();
        var (last, second) = (await studio.UntilAsync(older, BatchStatus.Finished), await studio.UntilAsync(urgent, BatchStatus.Finished));
        Assert.True(second.FinishedAt <= last.StartedAt);
    }
}
