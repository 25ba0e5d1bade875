using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Scores;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Review;

/// <summary>What the review pages show, read anew each time.</summary>
public sealed class ReadReview(IDbContextFactory<StudioDbContext> databases, BatchScores scores, Calibrations calibrations)
{
    public Task<ScoredBatch?> BatchAsync(int batchId, CancellationToken cancellation) => scores.FindAsync(batchId, null, cancellation);

    /// <summary>The calibration that holds for the batch's template version and engine; null: none was made.</summary>
    public Task<Calibration?> CalibrationAsync(ScoredBatch batch, CancellationToken cancellation) =>
        calibrations.FindAsync(batch.Batch.TemplateVersionId, batch.Batch.Engine, cancellation);

    /// <summary>Batches with rows that can be reviewed, newest first.</summary>
    public async Task<List<ReviewSummary>> BatchesAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Batches.OrderByDescending(b => b.Id).Take(200).Select(b => new ReviewSummary(
            b.Id, b.Name, b.TemplateVersion!.Template!.Name, b.RowCount, b.CreatedAt,
            db.Rows.Count(r => r.BatchId == b.Id && (r.Status == RowStatus.Answered || r.Status == RowStatus.InReview)),
            db.Rows.Count(r => r.BatchId == b.Id && r.Status == RowStatus.Accepted),
            db.Rows.Count(r => r.BatchId == b.Id && r.Status == RowStatus.Failed))).ToListAsync(cancellation);
    }

    /// <summary>The rows a filter lets through, in upload order.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="calibration">Says which cells are uncertain; null: the raw scores do.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="field">For <see cref="ReviewFilter.Wrong"/>, <see cref="ReviewFilter.LowScore"/> and <see cref="ReviewFilter.Messages"/>: only this field counts; null: any.</param>
    /// <param name="search">Part of a file name or of a value; null or blank: all.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<List<RowRef>> ListAsync(ScoredBatch batch, Calibration? calibration, ReviewFilter filter, string? field, string? search, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var rows = db.Rows.AsNoTracking().Where(r => r.BatchId == batch.Batch.Id);
        rows = filter switch
        {
            ReviewFilter.ToReview => rows.Where(r => r.Status == RowStatus.Answered || r.Status == RowStatus.InReview),
            ReviewFilter.Failed => rows.Where(r => r.Status == RowStatus.Failed),
            ReviewFilter.Accepted => rows.Where(r => r.Status == RowStatus.Accepted),
            ReviewFilter.Corrected => rows.Where(r => r.Cells.Any(c => c.IsCorrected)),
            ReviewFilter.Messages => rows.Where(r => r.Cells.Any(c => c.Problem != null && !c.IsCorrected && (field == null || c.FieldKey == field))),
            _ => rows,
        };
        if (!string.IsNullOrWhiteSpace(search))
        {
            var wanted = search.Trim();
            rows = rows.Where(r => r.ImageItem!.Path.Contains(wanted) || r.Cells.Any(c => (c.IsCorrected ? c.CorrectedValue! : c.Value!).Contains(wanted)));
        }
        var list = await rows.OrderBy(r => r.Ordinal).Select(r => new RowRef(r.Id, r.Ordinal)).ToListAsync(cancellation);
        if (filter is not (ReviewFilter.Wrong or ReviewFilter.LowScore)) return list;
        var chosen = filter == ReviewFilter.Wrong ? await WrongAsync(batch, field, cancellation) : await UncertainAsync(db, batch, calibration, field, cancellation);
        return [.. list.Where(r => chosen.Contains(r.Id))];
    }

    /// <summary>Rows by their ids, in that order; ids that are gone are left out.</summary>
    public async Task<List<ReviewRow>> RowsAsync(ScoredBatch batch, Calibration? calibration, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var rows = await db.Rows.AsNoTracking().Include(r => r.ImageItem).Include(r => r.Cells).Where(r => ids.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, cancellation);
        var labels = await LabelsAsync(db, batch, [.. rows.Values.Select(r => r.ImageItemId)], cancellation);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(row => new ReviewRow(
            row.Id, row.Ordinal, row.ImageItem!, row.Status, row.Error, row.Rating, row.Comment,
            [.. batch.Fields.Select(f => ReviewCell.Of(
                f, row, row.Cells.Find(c => c.FieldKey == f.Key), labels.GetValueOrDefault((row.ImageItemId, f.Key)), calibration))]))];
    }

    private static async Task<HashSet<long>> UncertainAsync(
        StudioDbContext db, ScoredBatch batch, Calibration? calibration, string? field, CancellationToken cancellation)
    {
        var uncertain = new HashSet<long>();
        var cells = db.Cells.AsNoTracking().Where(c => c.Row!.BatchId == batch.Batch.Id && !c.IsCorrected && (field == null || c.FieldKey == field))
            .Select(c => new { c.RowId, c.FieldKey, c.Score }).AsAsyncEnumerable();
        await foreach (var cell in cells.WithCancellation(cancellation))
            if (CellTrust.Of(calibration, cell.FieldKey, cell.Score).IsUncertain) uncertain.Add(cell.RowId);
        return uncertain;
    }

    private async Task<HashSet<long>> WrongAsync(ScoredBatch batch, string? field, CancellationToken cancellation)
    {
        var only = field is null ? -1 : batch.Fields.ToList().FindIndex(f => f.Key == field);
        var wrong = new HashSet<long>();
        await foreach (var row in scores.RowsAsync(batch, null, cancellation))
            if (row.Counts && (only < 0 ? row.Cells.Any(c => c.Corrected.IsFault) : row.Cells[only].Corrected.IsFault)) wrong.Add(row.Link.Id);
        return wrong;
    }

    private static async Task<Dictionary<(long, string), string>> LabelsAsync(
        StudioDbContext db, ScoredBatch batch, List<long> images, CancellationToken cancellation)
    {
        if (batch.LabelSet is not { Id: var set }) return [];
        return await db.Labels.Where(l => l.LabelSetId == set && images.Contains(l.ImageItemId))
            .ToDictionaryAsync(l => (l.ImageItemId, l.FieldKey), l => l.Value, cancellation);
    }
}

/// <summary>A batch in the list of the review.</summary>
/// <param name="Waiting">Rows answered and not accepted yet.</param>
public sealed record ReviewSummary(
    int Id, string Name, string Template, int Rows, DateTime CreatedAt, int Waiting, int Accepted, int Failed);
