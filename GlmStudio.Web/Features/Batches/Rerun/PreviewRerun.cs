using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Rerun;

/// <summary>Says what running a batch again under another version of its template would touch, before anything is asked.</summary>
public sealed class PreviewRerun(IDbContextFactory<StudioDbContext> databases, ReadBatches read)
{
    /// <param name="batchId">The batch.</param>
    /// <param name="number">The version's number; null: the template's newest.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<RerunPreview> HandleAsync(int batchId, int? number, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var batch = await db.Batches.AsNoTracking().Include(b => b.TemplateVersion).SingleOrDefaultAsync(b => b.Id == batchId, cancellation);
        if (batch is null) return RerunPreview.Refused(new("There is no batch {0}.", batchId), isMissing: true);
        if (batch.Status is BatchStatus.Queued or BatchStatus.Running)
            return RerunPreview.Refused(new("The batch is running. Pause it or wait for its end first."));
        var before = batch.TemplateVersion!;
        var after = await db.TemplateVersions.AsNoTracking().Where(v => v.TemplateId == before.TemplateId && (number == null || v.Number == number))
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);
        if (after is null) return RerunPreview.Refused(new("The template has no version {0}.", number!));
        if (after.Id == before.Id) return RerunPreview.Refused(new("The batch is one of version {0} already. Save a changed version of its template first, then choose it here.", after.Number));

        var asksTheSame = before.AsksTheSame(after);
        var rows = db.Rows.Where(r => r.BatchId == batchId);
        return new RerunPreview(before.Number, after.Number, asksTheSame, FieldTouch.Between(before, after))
        {
            VersionId = after.Id,
            Rows = asksTheSame ? 0 : await rows.CountAsync(r => r.ImageItem!.Problem == null, cancellation),
            // Accepted rows keep their values when rules are applied again.
            RowsUnderRules = asksTheSame ? await rows.CountAsync(r => r.Status == RowStatus.Answered || r.Status == RowStatus.InReview, cancellation) : 0,
            Corrections = await db.Cells.CountAsync(c => c.Row!.BatchId == batchId && c.IsCorrected, cancellation),
            SecondsARow = (await read.FindAsync(batchId, cancellation))?.SecondsAnImage,
        };
    }
}

/// <summary>What a re-run would touch.</summary>
/// <param name="FromVersion">The batch's version.</param>
/// <param name="ToVersion">The version to run it again under.</param>
/// <param name="IsRulesOnly">Nothing need be asked: the rules are applied to what was read.</param>
/// <param name="Fields">The fields of both versions.</param>
public sealed record RerunPreview(int FromVersion, int ToVersion, bool IsRulesOnly, IReadOnlyList<FieldTouch> Fields)
{
    /// <summary>The version's id.</summary>
    public int VersionId { get; init; }

    /// <summary>Rows that would be asked.</summary>
    public int Rows { get; init; }

    /// <summary>Rows whose values go through the new rules without being asked.</summary>
    public int RowsUnderRules { get; init; }

    /// <summary>Cells that people corrected; they survive.</summary>
    public int Corrections { get; init; }

    /// <summary>Seconds of the clock a row, as the batch measured; null where it asked none.</summary>
    public double? SecondsARow { get; init; }

    /// <summary>Why there is nothing to preview; null where there is.</summary>
    public BatchProblem? Problem { get; init; }

    /// <summary>Whether there is no such batch.</summary>
    public bool IsMissing { get; init; }

    public static RerunPreview Refused(BatchProblem problem, bool isMissing = false) => new(0, 0, false, []) { Problem = problem, IsMissing = isMissing };
}
