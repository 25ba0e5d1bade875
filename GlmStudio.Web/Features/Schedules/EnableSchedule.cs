using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Pauses a schedule or lets it run again. Times that pass while it is paused are not made up for.</summary>
public sealed class EnableSchedule(IDbContextFactory<StudioDbContext> database, ScheduleClock clock, ChangeFeed changes)
{
    /// <returns>False where there is no such schedule.</returns>
    public async Task<bool> HandleAsync(int scheduleId, bool enable, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var schedule = await db.Schedules.SingleOrDefaultAsync(s => s.Id == scheduleId, cancellation);
        if (schedule is null) return false;
        (schedule.IsEnabled, schedule.PausedUntil, schedule.PauseReason) = (enable, null, null);
        await db.SaveChangesAsync(cancellation);
        await clock.ApplyAsync(schedule, cancellation);
        changes.Raise("schedule", scheduleId);
        return true;
    }
}
