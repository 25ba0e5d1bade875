using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Shell;

/// <summary>What the first page shows.</summary>
public sealed class OverviewReader(IDbContextFactory<StudioDbContext> database, EngineCatalog engines)
{
    private const int RecentBatches = 8;

    public async Task<Overview> ReadAsync()
    {
        await using var db = database.CreateDbContext();
        return new Overview(
            await db.Templates.CountAsync(t => t.ArchivedAt == null), await db.Datasets.CountAsync(d => d.ArchivedAt == null), await db.Images.CountAsync(),
            await db.Batches.CountAsync(), await db.Rows.CountAsync(r => r.Status == RowStatus.Answered || r.Status == RowStatus.InReview),
            await RecentAsync(db), await db.Batches.AnyAsync() ? null : await ReadyAsync(db));
    }

    private static async Task<IReadOnlyList<RecentBatch>> RecentAsync(StudioDbContext db) =>
        await db.Batches.OrderByDescending(b => b.Id).Take(RecentBatches).Select(b => new RecentBatch(b.Id, b.Name, b.Status, b.RowCount,
            db.Rows.Count(r => r.BatchId == b.Id && (r.Status == RowStatus.Answered || r.Status == RowStatus.InReview || r.Status == RowStatus.Accepted)),
            db.Rows.Count(r => r.BatchId == b.Id && r.Status == RowStatus.Failed), b.CreatedAt)).ToListAsync();

    // The first labelled dataset with the template its labels fit best; on a fresh machine the sample project.
    private async Task<ReadyToRun?> ReadyAsync(StudioDbContext db)
    {
        if (engines.Find(null) is not { } engine) return null;
        var set = await db.LabelSets.Include(s => s.Dataset).OrderBy(s => s.Id).FirstOrDefaultAsync();
        if (set is null) return null;
        var keys = await db.Labels.Where(l => l.LabelSetId == set.Id).Select(l => l.FieldKey).Distinct().ToListAsync();
        var newest = await db.TemplateVersions.Include(v => v.Template).Where(v => v.Template!.ArchivedAt == null).ToListAsync();
        var version = newest.Where(v => keys.TrueForAll(k => v.Fields.Exists(f => f.Key == k))).OrderBy(v => v.Fields.Count).ThenByDescending(v => v.Number).FirstOrDefault();
        if (version is null) return null;
        var pictures = await db.Images.CountAsync(i => i.DatasetId == set.DatasetId);
        return new ReadyToRun(set.DatasetId, set.Dataset!.Name, pictures, version.Id, version.Template!.Name, set.Id, set.Name, engine.Info.Name);
    }
}

/// <summary>Counts, the latest batches, and, where nothing ran yet, what one press would run.</summary>
public sealed record Overview(int Templates, int Datasets, int Pictures, int Batches, int ToReview, IReadOnlyList<RecentBatch> Recent, ReadyToRun? Ready);

/// <summary>One line of the latest batches.</summary>
public sealed record RecentBatch(int Id, string Name, BatchStatus Status, int RowCount, int Done, int Failed, DateTime CreatedAt);

/// <summary>A dataset with labels and a template that fits them.</summary>
public sealed record ReadyToRun(int DatasetId, string DatasetName, int Pictures, int TemplateVersionId, string TemplateName, int LabelSetId, string LabelSetName, string Engine);
