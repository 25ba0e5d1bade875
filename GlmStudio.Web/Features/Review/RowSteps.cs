using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Review;

/// <summary>The part of a row's way that reviewers walk: Answered → InReview (first edit) → Accepted, and back.</summary>
internal static class RowSteps
{
    public const string NotAnswered = "This row has no answer to review: it waits, runs, or was cancelled.";

    public static bool IsOpen(RowStatus status) => status is RowStatus.Answered or RowStatus.InReview or RowStatus.Accepted or RowStatus.Failed;

    /// <summary>Where a row stands once it is open again: in review while an edit counts, otherwise as the engine left it.</summary>
    public static async Task<RowStatus> ReopenedAsync(StudioDbContext db, Row row, long? exceptCorrection, CancellationToken cancellation)
    {
        var edited = await db.Corrections.AnyAsync(c => c.Cell!.RowId == row.Id && c.UndoneAt == null && c.Id != exceptCorrection, cancellation);
        return edited ? RowStatus.InReview : row.Error is null ? RowStatus.Answered : RowStatus.Failed;
    }

    public static void RaiseRow(this ChangeFeed changes, Row row)
    {
        changes.Raise("row", row.Id);
        changes.Raise("batch", row.BatchId);
    }
}
