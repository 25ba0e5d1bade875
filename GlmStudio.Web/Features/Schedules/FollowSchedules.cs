using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules.Folders;
using GlmStudio.Web.Features.Schedules.Messages;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>On a server, between the clock's fires: takes files of watched folders, starts what waited, and tells of batches that have ended. One node at a time does it.</summary>
internal sealed partial class FollowSchedules(IDbContextFactory<StudioDbContext> database, FolderWatch folders, FireSchedule fire, NoteEnds ends, SendMessages messages,
    StudioDatabase studio, ChangeFeed changes, TimeProvider time, ILogger<FollowSchedules> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _wake = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe("batch-status", null, () => Task.FromResult(_wake.Release()));
        await using var turn = new SoleTurn(studio, Turn.FollowSchedules);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var step in (Func<CancellationToken, Task>[])[folders.HandleAsync, StartWaitingAsync, ends.HandleAsync, messages.HandleAsync])
                await TryAsync(async stop => { if (await turn.IsOursAsync(stop)) await step(stop); }, stoppingToken);
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(_wake.WaitAsync(awake.Token), Task.Delay(Glance, time, awake.Token));
            await awake.CancelAsync();
            while (_wake.CurrentCount > 0) await _wake.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Starts every waiting fire that nothing holds back any more.</summary>
    internal async Task StartWaitingAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var waiting = await db.ScheduleFires.Where(f => f.Outcome == FireOutcome.Waiting).OrderBy(f => f.Id).Select(f => new { f.Id, f.ScheduleId, f.Cause }).ToListAsync(cancellation);
        foreach (var one in waiting)
            if (one.Cause != FireCause.Folder || !folders.IsSettling(one.ScheduleId)) await fire.StartWaitingAsync(one.Id, cancellation);
    }

    // One step that fails (a folder on a disk that is gone) must not keep the others from going on.
    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        try
        {
            await step(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            StepFailed(fault);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Following the schedules failed; trying again in a few seconds")]
    private partial void StepFailed(Exception fault);
}
