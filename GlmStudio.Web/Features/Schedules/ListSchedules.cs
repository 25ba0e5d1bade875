using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>The schedules with what each made last, and what a form can choose from.</summary>
public sealed class ListSchedules(IDbContextFactory<StudioDbContext> database, ReadForecast forecast)
{
    public async Task<IReadOnlyList<ScheduleSummary>> HandleAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var schedules = await db.Schedules.AsNoTracking().Include(s => s.Dataset).Include(s => s.Template).OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellation);
        var lastIds = await db.Batches.Where(b => b.ScheduleId != null).GroupBy(b => b.ScheduleId).Select(g => g.Max(b => b.Id)).ToListAsync(cancellation);
        var last = await db.Batches.AsNoTracking().Where(b => lastIds.Contains(b.Id)).ToDictionaryAsync(b => b.ScheduleId!.Value, cancellation);
        var fireIds = await db.ScheduleFires.GroupBy(f => f.ScheduleId).Select(g => g.Max(f => f.Id)).ToListAsync(cancellation);
        var fires = await db.ScheduleFires.AsNoTracking().Where(f => fireIds.Contains(f.Id)).ToDictionaryAsync(f => f.ScheduleId, cancellation);
        var unsent = (await db.ScheduleMessages.AsNoTracking().Where(m => m.SentAt == null && m.Problem != null).OrderBy(m => m.Id).ToListAsync(cancellation)).ToLookup(m => m.ScheduleId);
        var summaries = new List<ScheduleSummary>();
        foreach (var schedule in schedules)
            summaries.Add(new ScheduleSummary(schedule, last.GetValueOrDefault(schedule.Id))
            {
                LastFire = fires.GetValueOrDefault(schedule.Id), Forecast = await forecast.HandleAsync(schedule, cancellation), Unsent = [.. unsent[schedule.Id]],
            });
        return summaries;
    }

    /// <returns>Null where there is no such schedule.</returns>
    public async Task<Schedule?> FindAsync(int scheduleId, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.Id == scheduleId, cancellation);
    }

    /// <summary>The fires of a schedule, newest first.</summary>
    public async Task<IReadOnlyList<ScheduleFire>> HistoryAsync(int scheduleId, int skip, int take, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await db.ScheduleFires.AsNoTracking().Include(f => f.Batch).Where(f => f.ScheduleId == scheduleId)
            .OrderByDescending(f => f.At).ThenByDescending(f => f.Id).Skip(skip).Take(take).ToListAsync(cancellation);
    }

    public async Task<ScheduleChoices> ChoicesAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return new ScheduleChoices(
            await db.Datasets.AsNoTracking().Where(d => d.ArchivedAt == null).Include(d => d.LabelSets).OrderBy(d => d.Name).ToListAsync(cancellation),
            await db.Templates.AsNoTracking().Where(t => t.ArchivedAt == null).OrderBy(t => t.Name).ToListAsync(cancellation));
    }
}

/// <summary>One schedule in the list.</summary>
/// <param name="Schedule">With its dataset and template.</param>
/// <param name="LastBatch">The newest batch it made, or null.</param>
public sealed record ScheduleSummary(Schedule Schedule, Batch? LastBatch)
{
    /// <summary>The latest time it was due; null where it never was.</summary>
    public ScheduleFire? LastFire { get; init; }

    public required Forecast Forecast { get; init; }

    /// <summary>Messages that have not arrived, with the reason.</summary>
    public IReadOnlyList<ScheduleMessage> Unsent { get; init; } = [];
}

/// <summary>Datasets (with their label sets) and templates that are not archived.</summary>
public sealed record ScheduleChoices(IReadOnlyList<Dataset> Datasets, IReadOnlyList<Template> Templates);
