using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Pauses a schedule, until a time or until somebody resumes it. Until a time its clock goes on: each fire is noted as skipped, with the reason.</summary>
public sealed class PauseSchedule(IDbContextFactory<StudioDbContext> database, ScheduleClock clock, ChangeFeed changes, TimeProvider time)
{
    public const int MaxReason = 200;

    /// <param name="scheduleId">The schedule.</param>
    /// <param name="until">UTC; null: until somebody resumes it.</param>
    /// <param name="reason">For people; may be empty.</param>
    /// <param name="cancellation">Stops before saving.</param>
    /// <returns>Why not, or null.</returns>
    public async Task<ScheduleProblem?> HandleAsync(int scheduleId, DateTime? until, string reason, CancellationToken cancellation = default)
    {
        if (until <= time.GetUtcNow().UtcDateTime) return new("That time is over. Choose a later one.");
        if (reason.Length > MaxReason || reason.Any(char.IsControl)) return new("The reason may have {0} characters on one line.", MaxReason);
        await using var db = database.CreateDbContext();
        var schedule = await db.Schedules.SingleOrDefaultAsync(s => s.Id == scheduleId, cancellation);
        if (schedule is null) return new("The schedule was deleted.");
        (schedule.IsEnabled, schedule.PausedUntil, schedule.PauseReason) = (until is not null, until, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        await db.SaveChangesAsync(cancellation);
        await clock.ApplyAsync(schedule, cancellation);
        changes.Raise("schedule", scheduleId);
        return null;
    }
}
