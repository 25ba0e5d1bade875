using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Review;

/// <summary>Says that a row's values are right as they stand, or opens it again.</summary>
public sealed class AcceptRow(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes)
{
    public Task<ReviewOutcome> HandleAsync(long rowId, CancellationToken cancellation) => MoveAsync(rowId, accept: true, cancellation);

    public Task<ReviewOutcome> ReopenAsync(long rowId, CancellationToken cancellation) => MoveAsync(rowId, accept: false, cancellation);

    private async Task<ReviewOutcome> MoveAsync(long rowId, bool accept, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        if (await db.Rows.FirstOrDefaultAsync(r => r.Id == rowId, cancellation) is not { } row) return ReviewOutcome.NoRow;
        if (!RowSteps.IsOpen(row.Status)) return ReviewOutcome.Refused(RowSteps.NotAnswered);
        if (accept && row.Status == RowStatus.Failed)
            return ReviewOutcome.Refused("This row failed. Type its values, or retry it in the batch, then accept it.");
        if (accept == (row.Status == RowStatus.Accepted)) return ReviewOutcome.Unchanged;
        row.Status = accept ? RowStatus.Accepted : await RowSteps.ReopenedAsync(db, row, null, cancellation);
        await db.SaveChangesAsync(cancellation);
        changes.RaiseRow(row);
        return ReviewOutcome.Done;
    }
}
