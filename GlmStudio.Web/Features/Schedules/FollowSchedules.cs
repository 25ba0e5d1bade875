using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules.Folders;
using GlmStudio.Web.Features.Schedules.Messages;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>On a server, between the clock's fires: takes files of watched folders, starts what waited, and tells of batches that have ended. One node at a time does it.</summary>
internal sealed partial class FollowSchedules(IDbContextFactory<StudioDbContext> database, FolderWatch folders, FireSchedule fire, ClaimedFires claimed, NoteEnds ends,
    SendMessages messages, StudioDatabase studio, ChangeFeed changes, TimeProvider time, ILogger<FollowSchedules> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new WakeUp(changes, "batch-status", Glance, time);
        await using var turn = new SoleTurn(studio, Turn.FollowSchedules);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var step in (Func<CancellationToken, Task>[])[folders.HandleAsync, ResumeAsync, StartWaitingAsync, ends.HandleAsync, messages.HandleAsync])
                await TryAsync(async stop => { if (await turn.IsOursAsync(stop)) await step(stop); }, stoppingToken);
            await wake.RestAsync(stoppingToken);
        }
    }

    /// <summary>Sees to fires that a node took and did not live to start.</summary>
    internal async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var one in await claimed.AbandonedAsync(cancellation)) await fire.ResumeAsync(one, cancellation);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Following the schedules failed; trying again in a few seconds")]
    private partial void StepFailed(Exception fault);
}
