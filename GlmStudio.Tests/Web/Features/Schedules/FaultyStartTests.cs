using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Batches;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Schedules;

/// <summary>What becomes of a fire that waited when its start goes wrong. Nobody but the test starts it.</summary>
public sealed class FaultyStartTests : IAsyncLifetime
{
    private StudioApp _studio = null!;
    private StartBatch _start = (_, _) => throw new IOException("disk");
    private long _fire;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(new FakeEngine());
            s.Remove(s.Single(d => d.ImplementationType == typeof(FollowSchedules)));
            s.AddSingleton<StartBatch>((order, cancellation) => _start(order, cancellation));
        });
        var scene = await _studio.SeedAsync(1);
        await using var db = _studio.OpenDatabase();
        var template = await db.TemplateVersions.Where(v => v.Id == scene.VersionId).Select(v => v.TemplateId).SingleAsync(Cancellation);
        var fire = new ScheduleFire
        {
            Cause = FireCause.Clock, Outcome = FireOutcome.Waiting,
            Schedule = new Schedule { Name = "Nightly", Cron = "0 0 2 * * ?", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = scene.DatasetId, TemplateId = template },
        };
        db.Add(fire);
        await db.SaveChangesAsync(Cancellation);
        _fire = fire.Id;
    }

    public ValueTask DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task StartWaiting_StartThrows_IsRefusedAndSaysSo()
    {
        await _studio.Get<FireSchedule>().StartWaitingAsync(_fire, Cancellation);
        var fire = await FindAsync();
        Assert.Equal((FireOutcome.Refused, "The batch could not be made because of an unexpected fault. The log has the details."), (fire.Outcome, fire.Reason));
    }

    [Fact]
    public async Task StartWaiting_Stopped_WaitsAgain()
    {
        using var stop = new CancellationTokenSource();
        _start = async (_, cancellation) =>
        {
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            return 0;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _studio.Get<FireSchedule>().StartWaitingAsync(_fire, stop.Token));
        Assert.Equal(FireOutcome.Waiting, (await FindAsync()).Outcome);
    }

    [Fact]
    public async Task RunNow_WhileTheBatchIsMade_IsNotedAlready()
    {
        var (schedule, noted) = ((await FindAsync()).Schedule!, 0);
        await using (var db = _studio.OpenDatabase()) await db.ScheduleFires.ExecuteDeleteAsync(Cancellation);
        _start = async (order, cancellation) =>
        {
            // Here a kill would leave the batch without its fire.
            noted = (await _studio.Get<ClaimedFires>().AbandonedAsync(cancellation)).Count;
            return await _studio.CreateAsync(BatchScene.Order((schedule.DatasetId, 1)) with { ScheduleId = schedule.Id });
        };
        var fired = await _studio.Get<FireSchedule>().HandleAsync(schedule.Id, cancellation: Cancellation);
        Assert.Equal((1, FireOutcome.Began, null), (noted, fired.Outcome, fired.Problem));
        Assert.Empty(await _studio.Get<ClaimedFires>().AbandonedAsync(Cancellation));
    }

    [Fact]
    public async Task Resume_NodeEndedBeforeItsBatch_WaitsAgain()
    {
        await TakeAsync();
        await ResumeAsync();
        var fire = await FindAsync();
        Assert.Equal((FireOutcome.Waiting, null, "The server ended while it was starting this; it begins again."), (fire.Outcome, fire.BatchId, fire.Reason));
    }

    [Fact]
    public async Task Resume_NodeEndedAfterItsBatch_NotesIt()
    {
        await TakeAsync();
        var schedule = (await FindAsync()).Schedule!;
        var made = await _studio.CreateAsync(BatchScene.Order((schedule.DatasetId, 1)) with { ScheduleId = schedule.Id });
        await ResumeAsync();
        var fire = await FindAsync();
        Assert.Equal((FireOutcome.Began, made, null), (fire.Outcome, fire.BatchId, fire.Reason));
    }

    [Fact]
    public async Task Resume_BatchIsAnotherFires_WaitsAgain()
    {
        await TakeAsync();
        var schedule = (await FindAsync()).Schedule!;
        var made = await _studio.CreateAsync(BatchScene.Order((schedule.DatasetId, 1)) with { ScheduleId = schedule.Id });
        await using (var db = _studio.OpenDatabase())
        {
            db.Add(new ScheduleFire { ScheduleId = schedule.Id, Cause = FireCause.Person, Outcome = FireOutcome.Began, BatchId = made });
            await db.SaveChangesAsync(Cancellation);
        }
        await ResumeAsync();
        Assert.Equal(FireOutcome.Waiting, (await FindAsync()).Outcome);
    }

    /// <summary>What is left of a node that was killed in the middle of a start.</summary>
    private async Task TakeAsync()
    {
        await using var db = _studio.OpenDatabase();
        Assert.True(await ClaimedFires.TakeAsync(db, _fire, Cancellation));
    }

    private async Task ResumeAsync()
    {
        var abandoned = Assert.Single(await _studio.Get<ClaimedFires>().AbandonedAsync(Cancellation));
        Assert.True(await _studio.Get<FireSchedule>().ResumeAsync(abandoned, Cancellation));
        Assert.Empty(await _studio.Get<ClaimedFires>().AbandonedAsync(Cancellation));
    }

    private async Task<ScheduleFire> FindAsync()
    {
        await using var db = _studio.OpenDatabase();
        return await db.ScheduleFires.Include(f => f.Schedule).SingleAsync(f => f.Id == _fire, Cancellation);
    }
}
