using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Works out when the next batch of a schedule will be done.</summary>
public sealed class ReadForecast(IDbContextFactory<StudioDbContext> database, TimeProvider time)
{
    // Enough to even out a slow night, few enough to notice a new machine.
    private const int Batches = 5;

    public async Task<Forecast> HandleAsync(Schedule schedule, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var pictures = db.Images.Where(i => i.DatasetId == schedule.DatasetId);
        if (schedule.OnlyNewPictures || !schedule.HasClock) pictures = pictures.NewTo(db, schedule.Id);
        var rows = await pictures.CountAsync(cancellation);
        var starts = TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out var zone) ? NextStart(schedule, zone) : null;
        var deadline = starts is { } start && schedule.DoneBy is { } by ? Forecast.DeadlineAfter(start, by, zone!) : (DateTime?)null;
        return new Forecast(rows, await PaceAsync(db, schedule, cancellation), starts, deadline);
    }

    private DateTime? NextStart(Schedule schedule, TimeZoneInfo zone)
    {
        if (!ScheduleClock.NeedsTrigger(schedule)) return null;
        var now = time.GetUtcNow();
        var after = schedule.PausedUntil is { } until && until > now.UtcDateTime ? new DateTimeOffset(until).AddSeconds(-1) : now;
        return CronSchedule.NextFires(schedule.Cron, zone, after, 1) is [var next] ? next : null;
    }

    private static async Task<double?> PaceAsync(StudioDbContext db, Schedule schedule, CancellationToken cancellation)
    {
        var asked = db.Rows.AskedOfTheEngine();
        var measured = await db.Batches.Where(b => b.TemplateVersion!.TemplateId == schedule.TemplateId && b.Engine == schedule.Engine && b.ActiveSeconds > 0 && b.FinishedAt != null)
            .Where(b => asked.Any(r => r.BatchId == b.Id)).OrderByDescending(b => b.Id).Take(Batches)
            .Select(b => new { b.ActiveSeconds, Rows = asked.Count(r => r.BatchId == b.Id) }).ToListAsync(cancellation);
        var (rows, seconds) = (measured.Sum(m => m.Rows), measured.Sum(m => m.ActiveSeconds));
        return rows > 0 && seconds > 0 ? rows / seconds : null;
    }
}
