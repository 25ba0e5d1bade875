using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>The schedules with what each made last, and what a form can choose from.</summary>
public sealed class ListSchedules(IDbContextFactory<StudioDbContext> database)
{
    public async Task<IReadOnlyList<ScheduleSummary>> HandleAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var schedules = await db.Schedules.AsNoTracking().Include(s => s.Dataset).Include(s => s.Template).OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellation);
        var lastIds = await db.Batches.Where(b => b.ScheduleId != null).GroupBy(b => b.ScheduleId).Select(g => g.Max(b => b.Id)).ToListAsync(cancellation);
        var last = await db.Batches.AsNoTracking().Where(b => lastIds.Contains(b.Id)).ToDictionaryAsync(b => b.ScheduleId!.Value, cancellation);
        return [.. schedules.Select(s => new ScheduleSummary(s, last.GetValueOrDefault(s.Id)))];
    }

    /// <returns>Null where there is no such schedule.</returns>
    public async Task<Schedule?> FindAsync(int scheduleId, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.Id == scheduleId, cancellation);
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
public sealed record ScheduleSummary(Schedule Schedule, Batch? LastBatch);

/// <summary>Datasets (with their label sets) and templates that are not archived.</summary>
public sealed record ScheduleChoices(IReadOnlyList<Dataset> Datasets, IReadOnlyList<Template> Templates);
