using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>At start: notes the times that were missed and are not made up for, and sets triggers that are missing, where the program ended between saving a schedule and setting its trigger, or the database
/// was restored. Triggers that are there keep what they missed.</summary>
internal sealed partial class MatchClock(IDbContextFactory<StudioDbContext> database, ScheduleClock clock, NoteMissed missed, ILogger<MatchClock> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await clock.SetPruningAsync(cancellationToken);
        await using var db = database.CreateDbContext();
        foreach (var schedule in await db.Schedules.AsNoTracking().ToListAsync(cancellationToken))
        {
            await missed.HandleAsync(schedule, await clock.NextAsync(schedule.Id, cancellationToken), cancellationToken);
            if (await clock.IsSetAsync(schedule.Id, cancellationToken) == ScheduleClock.NeedsTrigger(schedule)) continue;
            try
            {
                await clock.ApplyAsync(schedule, cancellationToken);
            }
            catch (Exception fault) when (fault is TimeZoneNotFoundException or FormatException)
            {
                // One schedule from another machine must not keep the server from starting.
                Unset(schedule.Id, fault.Message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {ScheduleId} cannot be set: {Problem}")]
    private partial void Unset(int scheduleId, string problem);
}
