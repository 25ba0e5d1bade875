using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Review;

/// <summary>A reviewer's verdict on a whole row.</summary>
public sealed class RateRow(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes)
{
    public const int MaxComment = 2_000;

    /// <param name="rowId">The row.</param>
    /// <param name="rating">1 … 5; null takes the rating away.</param>
    /// <param name="comment">At most <see cref="MaxComment"/> characters; null keeps what is there.</param>
    /// <param name="cancellation">Stops the saving.</param>
    public async Task<ReviewOutcome> HandleAsync(long rowId, int? rating, string? comment, CancellationToken cancellation)
    {
        if (rating is < 1 or > 5) return ReviewOutcome.Refused("A rating is a number from 1 to 5.");
        if (comment?.Length > MaxComment) return ReviewOutcome.Refused("The comment is longer than 2,000 characters. Shorten it.");
        await using var db = databases.CreateDbContext();
        if (await db.Rows.FirstOrDefaultAsync(r => r.Id == rowId, cancellation) is not { } row) return ReviewOutcome.NoRow;
        if (!RowSteps.IsOpen(row.Status)) return ReviewOutcome.Refused(RowSteps.NotAnswered);
        (row.Rating, row.Comment) = (rating, comment ?? row.Comment);
        if (!db.ChangeTracker.HasChanges()) return ReviewOutcome.Unchanged;
        await db.SaveChangesAsync(cancellation);
        changes.RaiseRow(row);
        return ReviewOutcome.Done;
    }
}
