using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Journal;

/// <summary>What is known of how a row came to its answer: its manifest, why an earlier answer was or was not taken, its journal, its repeats.</summary>
public sealed class ExplainRow(IDbContextFactory<StudioDbContext> databases)
{
    private const int LookedAt = 200;

    /// <summary>Null where there is no such row.</summary>
    public async Task<RowStory?> HandleAsync(long rowId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var row = await db.Rows.AsNoTracking().Include(r => r.ImageItem).Include(r => r.SharedManifest).Include(r => r.Batch!.TemplateVersion)
            .SingleOrDefaultAsync(r => r.Id == rowId, cancellation);
        if (row is null) return null;
        var entries = await db.Journal.AsNoTracking().Where(e => e.RowId == rowId).OrderBy(e => e.Id)
            .Select(e => new JournalLine(e.Event, e.Attempt, e.At, e.Seconds, e.Note)).ToListAsync(cancellation);
        return new RowStory(rowId, row.BatchId, entries)
        {
            Identity = row.Identity, Parts = ManifestOf(row) is { } manifest ? [.. manifest.Parts] : [],
            ReusedFromBatchId = row.ReusedFromBatchId, ReusedFromRowId = row.ReusedFromRowId,
            IsAnew = row.Batch!.IsAnew, Nearest = await NearestAsync(db, row, cancellation),
            Repeats = row.Batch.Repeats == 1 ? [] : await AgreementAsync(db, row, cancellation),
        };
    }

    private static Manifest? ManifestOf(Row row) => row.SharedManifest?.For(row.ImageItem!.ContentHash, row.ImageItem.Page, row.Repeat);

    /// <summary>The earlier answered row of the same picture whose manifest differs in the fewest parts; of equals the newest.</summary>
    private static async Task<NearestRow?> NearestAsync(StudioDbContext db, Row row, CancellationToken cancellation)
    {
        if (ManifestOf(row) is not { } manifest) return null;
        var earlier = await db.Rows.AsNoTracking().Include(r => r.ImageItem).Include(r => r.SharedManifest)
            .Where(r => r.Id != row.Id && r.AnsweredAt != null && r.AnsweredAt <= row.AnsweredAt && r.SharedManifestId != null
                && r.ImageItem!.ContentHash == row.ImageItem!.ContentHash && r.ImageItem.Page == row.ImageItem.Page)
            .OrderByDescending(r => r.Id).Take(LookedAt).ToListAsync(cancellation);
        return earlier.Select(r => new NearestRow(r.Id, r.BatchId, manifest.DifferencesFrom(ManifestOf(r)!))).MinBy(n => n.Differences.Count);
    }

    private static async Task<IReadOnlyList<RepeatAgreement>> AgreementAsync(StudioDbContext db, Row row, CancellationToken cancellation)
    {
        var cells = await db.Cells.AsNoTracking().Where(c => c.Row!.BatchId == row.BatchId && c.Row.ImageItemId == row.ImageItemId && c.Row.Answer != null)
            .Select(c => new { c.FieldKey, c.Value }).ToListAsync(cancellation);
        return [.. row.Batch!.TemplateVersion!.Fields.Select(f =>
        {
            var values = cells.Where(c => c.FieldKey == f.Key).CountBy(c => c.Value ?? "").ToList();
            return new RepeatAgreement(f.Key, f.Label, values.Count == 0 ? 0 : values.Max(v => v.Value), values.Sum(v => v.Value));
        })];
    }
}

/// <summary>How a row came to its answer.</summary>
public sealed record RowStory(long RowId, int BatchId, IReadOnlyList<JournalLine> Journal)
{
    public string? Identity { get; init; }
    public IReadOnlyList<ManifestPart> Parts { get; init; } = [];
    public int? ReusedFromBatchId { get; init; }
    public long? ReusedFromRowId { get; init; }

    /// <summary>Whether the batch was told to ask everything anew.</summary>
    public bool IsAnew { get; init; }

    /// <summary>The earlier answer to the same picture that comes nearest; null where there is none.</summary>
    public NearestRow? Nearest { get; init; }

    /// <summary>For each field, how many of the picture's repeats agree; empty without repeats.</summary>
    public IReadOnlyList<RepeatAgreement> Repeats { get; init; } = [];
}

/// <summary>An entry of the journal, without its tokens.</summary>
public sealed record JournalLine(JournalEvent Event, int Attempt, DateTime At, double Seconds, string? Note);

/// <summary>An earlier row of the same picture, and what was different about it.</summary>
public sealed record NearestRow(long RowId, int BatchId, IReadOnlyList<ManifestDifference> Differences);

/// <summary>So many of a picture's answered repeats gave the most frequent value.</summary>
public sealed record RepeatAgreement(string FieldKey, string Label, int Agreeing, int Answered);
