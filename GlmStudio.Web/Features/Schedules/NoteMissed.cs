using System.Globalization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Notes the times that passed while the program did not run, where the schedule's rule leaves them out.</summary>
public sealed class NoteMissed(IDbContextFactory<StudioDbContext> database, TimeProvider time)
{
    private const int MostCounted = 10_000;

    /// <param name="schedule">The schedule.</param>
    /// <param name="next">When its trigger would have fired next.</param>
    /// <param name="cancellation">Stops before saving.</param>
    public async Task HandleAsync(Schedule schedule, DateTimeOffset? next, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        if (schedule.Misfire != MisfireRule.Skip || next is not { } first || first > now - SchedulesFeature.MisfireThreshold) return;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out var zone)) return;
        var missed = CronSchedule.NextFires(schedule.Cron, zone, first.AddSeconds(-1), MostCounted).TakeWhile(f => f <= now.UtcDateTime).ToList();
        if (missed.Count == 0) return;
        await using var db = database.CreateDbContext();
        // Another node that started a moment ago noted them; the trigger stands in the past until the clock has looked at it.
        if (await db.ScheduleFires.AnyAsync(f => f.ScheduleId == schedule.Id && f.Cause == FireCause.Clock && f.Outcome == FireOutcome.Skipped && f.At >= first.UtcDateTime, cancellation)) return;
        db.ScheduleFires.Add(new ScheduleFire
        {
            ScheduleId = schedule.Id, At = missed[^1], Cause = FireCause.Clock, Outcome = FireOutcome.Skipped,
            Reason = "The program did not run; times missed: {0}", Detail = missed.Count.ToString(CultureInfo.InvariantCulture),
        });
        await db.SaveChangesAsync(cancellation);
    }
}
