using System.Runtime.CompilerServices;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Scores;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data;

/// <summary>
/// Reads a batch with its labels and scores it: the one source of the figures on pages, in HTTP answers, in Excel and of the <c>run</c> verb.
/// Rows come in upload order, a few hundred at a time. Counted are rows that were answered, reviewed or failed; every label of a failed row
/// counts as missing. Rows still waiting or cancelled are left out and told apart.
/// </summary>
public sealed class BatchScores(IDbContextFactory<StudioDbContext> databases)
{
    private const int ChunkRows = 500;

    /// <summary>The figures of a batch, or null where there is no such batch.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="labelSetId">Another label set of the same dataset; null: the batch's own.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<BatchScore?> ReadAsync(int batchId, int? labelSetId = null, CancellationToken cancellation = default)
    {
        if (await FindAsync(batchId, labelSetId, cancellation) is not { } batch) return null;
        var tally = new ScoreTally(batch.Fields);
        await foreach (var row in RowsAsync(batch, null, cancellation)) tally.Add(row);
        return tally.Result();
    }

    /// <summary>The batch with its dataset, template version and the labels it is compared with; null where there is no such batch.</summary>
    public async Task<ScoredBatch?> FindAsync(int batchId, int? labelSetId = null, CancellationToken cancellation = default)
    {
        await using var db = databases.CreateDbContext();
        var batch = await db.Batches.AsNoTracking().Include(b => b.Dataset).Include(b => b.TemplateVersion!.Template)
            .FirstOrDefaultAsync(b => b.Id == batchId, cancellation);
        if (batch is null) return null;
        var wanted = labelSetId ?? batch.LabelSetId;
        var sets = await db.LabelSets.AsNoTracking().Where(s => s.DatasetId == batch.DatasetId).OrderBy(s => s.Id).ToListAsync(cancellation);
        return new ScoredBatch(batch, sets, sets.FirstOrDefault(s => s.Id == wanted));
    }

    /// <summary>All rows, or one, each cell compared with its label.</summary>
    public async IAsyncEnumerable<ScoredRow> RowsAsync(ScoredBatch batch, long? rowId = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var db = databases.CreateDbContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var last = -1;
        while (true)
        {
            var after = last;
            var rows = db.Rows.Where(r => r.BatchId == batch.Batch.Id && r.Ordinal > after && (rowId == null || r.Id == rowId))
                .OrderBy(r => r.Ordinal).Take(ChunkRows);
            var chunk = await ReadChunkAsync(db, batch, rows, cancellation);
            foreach (var row in chunk) yield return row;
            if (chunk.Count < ChunkRows) yield break;
            last = chunk[^1].Link.Ordinal;
        }
    }

    private static async Task<List<ScoredRow>> ReadChunkAsync(
        StudioDbContext db, ScoredBatch batch, IQueryable<Row> rows, CancellationToken cancellation)
    {
        var heads = await rows.Select(r => new
        {
            r.Id, r.Ordinal, r.ImageItemId, r.ImageItem!.Path, r.ImageItem.Page, r.ImageItem.ContentHash,
            r.Status, r.Error, r.Seconds, r.Rating, r.Comment,
        }).ToListAsync(cancellation);
        if (heads.Count == 0) return [];
        var (first, last, batchId) = (heads[0].Ordinal, heads[^1].Ordinal, batch.Batch.Id);
        var single = heads.Count == 1 ? heads[0].Id : (long?)null;
        var cells = await db.Cells
            .Where(c => c.Row!.BatchId == batchId && c.Row.Ordinal >= first && c.Row.Ordinal <= last && (single == null || c.RowId == single))
            .Select(c => new Cell { RowId = c.RowId, FieldKey = c.FieldKey, Value = c.Value, IsCorrected = c.IsCorrected, CorrectedValue = c.CorrectedValue, Problem = c.Problem, Score = c.Score })
            .ToDictionaryAsync(c => (c.RowId, c.FieldKey), cancellation);
        var labels = await LabelsAsync(db, batch, first, last, cancellation);
        return [.. heads.Select(h => new ScoredRow(
            new RowLink(h.Id, h.Ordinal, ImageItem.NameOf(h.Path, h.Page)),
            new RowFacts(h.Status, h.Error, h.Seconds, h.Rating, h.Comment, h.ContentHash, h.Page),
            [.. batch.Fields.Select(f => ScoredCell.Of(
                f, h.Status, h.Error, labels.GetValueOrDefault((h.ImageItemId, f.Key)), cells.GetValueOrDefault((h.Id, f.Key))))]))];
    }

    private static async Task<Dictionary<(long Image, string Key), string>> LabelsAsync(
        StudioDbContext db, ScoredBatch batch, int first, int last, CancellationToken cancellation)
    {
        if (batch.LabelSet is not { Id: var set }) return [];
        var batchId = batch.Batch.Id;
        var labels = await db.Rows.Where(r => r.BatchId == batchId && r.Ordinal >= first && r.Ordinal <= last)
            .Join(db.Labels.Where(l => l.LabelSetId == set), r => r.ImageItemId, l => l.ImageItemId, (_, l) => new { l.ImageItemId, l.FieldKey, l.Value })
            .ToListAsync(cancellation);
        // A dataset may hold a picture once only, but a batch could name it twice: the same label then comes twice.
        return labels.DistinctBy(l => (l.ImageItemId, l.FieldKey)).ToDictionary(l => (l.ImageItemId, l.FieldKey), l => l.Value);
    }
}

/// <summary>A batch and the labels it is compared with.</summary>
/// <param name="LabelSets">All label sets of its dataset.</param>
/// <param name="LabelSet">The one in use; null: none, nothing is scored.</param>
public sealed record ScoredBatch(Batch Batch, IReadOnlyList<LabelSet> LabelSets, LabelSet? LabelSet)
{
    public IReadOnlyList<Field> Fields => Batch.TemplateVersion?.Fields ?? [];

    /// <summary>Those that the engine reads: a computed value has no evidence, and no confidence of its own.</summary>
    public IReadOnlyList<Field> ReadFields => [.. Batch.TemplateVersion?.ReadFields ?? []];
}
