using System.Globalization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Makes the batch of a schedule now, whether the clock or a person asks, and notes how it went.</summary>
public sealed partial class FireSchedule(
    IDbContextFactory<StudioDbContext> database, StartBatch start, TimeProvider time, ChangeFeed changes, ILogger<FireSchedule> log)
{
    public async Task<FiredSchedule> HandleAsync(int scheduleId, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var schedule = await db.Schedules.Include(s => s.Dataset).Include(s => s.Template).SingleOrDefaultAsync(s => s.Id == scheduleId, cancellation);
        if (schedule is null) return new FiredSchedule(null, "The schedule was deleted.", IsGone: true);

        var now = time.GetUtcNow();
        var fired = await StartAsync(db, schedule, now, cancellation);
        (schedule.LastFiredAt, schedule.LastProblem) = (now.UtcDateTime, fired.Problem);
        await db.SaveChangesAsync(cancellation);
        if (fired.Problem is { } problem) Refused(schedule.Id, problem);
        changes.Raise("schedule", schedule.Id);
        return fired;
    }

    private async Task<FiredSchedule> StartAsync(StudioDbContext db, Schedule schedule, DateTimeOffset now, CancellationToken cancellation)
    {
        if (schedule.Dataset!.ArchivedAt is not null) return new FiredSchedule(null, "The dataset is archived.");
        if (schedule.Template!.ArchivedAt is not null) return new FiredSchedule(null, "The template is archived.");
        var version = await db.TemplateVersions.Where(v => v.TemplateId == schedule.TemplateId).OrderByDescending(v => v.Number)
            .Select(v => v.Id).FirstAsync(cancellation);
        var order = new BatchOrder(schedule.DatasetId, version, schedule.Engine, schedule.LabelSetId, NameOf(schedule, now), schedule.Id, null);
        try
        {
            return new FiredSchedule(await start(order, cancellation), null);
        }
        catch (InvalidOperationException refusal)
        {
            return new FiredSchedule(null, refusal.Message);
        }
    }

    /// <summary>The schedule's name with the wall clock of its zone: what people look for in the morning.</summary>
    private static string NameOf(Schedule schedule, DateTimeOffset now)
    {
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(now, zone) : now;
        return string.Create(CultureInfo.InvariantCulture, $"{schedule.Name} · {local:yyyy-MM-dd HH:mm}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {ScheduleId} made no batch: {Problem}")]
    private partial void Refused(int scheduleId, string problem);
}

/// <summary>What a fire made: a batch, or the reason why not.</summary>
public sealed record FiredSchedule(int? BatchId, string? Problem, bool IsGone = false);
