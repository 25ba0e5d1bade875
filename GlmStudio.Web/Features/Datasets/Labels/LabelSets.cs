using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>A dataset's label sets: list and delete.</summary>
public sealed class LabelSets(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes)
{
    public async Task<List<LabelSetSummary>> ListAsync(int datasetId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var sets = await db.LabelSets.Where(s => s.DatasetId == datasetId).OrderByDescending(s => s.Id).Select(s => new
        {
            Set = s, Pictures = s.Labels.Select(l => l.ImageItemId).Distinct().Count(), Batches = db.Batches.Count(b => b.LabelSetId == s.Id),
        }).ToListAsync(cancellation);
        var fields = await db.Labels.Where(l => db.LabelSets.Any(s => s.Id == l.LabelSetId && s.DatasetId == datasetId))
            .Select(l => new { l.LabelSetId, l.FieldKey }).Distinct().ToListAsync(cancellation);
        return [.. sets.Select(s => new LabelSetSummary(s.Set.Id, s.Set.Name, s.Set.FileName, s.Set.CreatedAt)
        {
            Pictures = s.Pictures, Batches = s.Batches, Fields = [.. fields.Where(f => f.LabelSetId == s.Set.Id).Select(f => f.FieldKey).Order(StringComparer.Ordinal)],
        })];
    }

    /// <summary>Batches scored against it stay; they lose their scores.</summary>
    public async Task DeleteAsync(int datasetId, int labelSetId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await db.LabelSets.Where(s => s.Id == labelSetId && s.DatasetId == datasetId).ExecuteDeleteAsync(cancellation);
        changes.Raise("dataset", datasetId);
    }
}

/// <summary>A label set and how much it holds.</summary>
public sealed record LabelSetSummary(int Id, string Name, string FileName, DateTime CreatedAt)
{
    public required int Pictures { get; init; }
    public required IReadOnlyList<string> Fields { get; init; }
    public required int Batches { get; init; }
}
