using GlmStudio.Web.Data;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Review;

/// <summary>Takes an edit back. Edits of one cell are undone in reverse order, so that nobody else's later edit is lost.</summary>
public sealed class UndoCorrection(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Takes back one edit.</summary>
    public async Task<ReviewOutcome> HandleAsync(long correctionId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var correction = await db.Corrections.Include(c => c.Cell!.Row!.Cells).Include(c => c.Cell!.Row!.Batch!.TemplateVersion).FirstOrDefaultAsync(c => c.Id == correctionId, cancellation);
        if (correction is not { Cell: { Row: { } row } cell }) return ReviewOutcome.NoRow;
        if (correction.UndoneAt is not null) return ReviewOutcome.Unchanged;
        if (await db.Corrections.AnyAsync(c => c.CellId == cell.Id && c.Id > correctionId && c.UndoneAt == null, cancellation))
            return ReviewOutcome.Refused("This cell was changed again since. Undo that change first.");
        cell.IsCorrected = correction.WasCorrected;
        cell.CorrectedValue = correction.WasCorrected ? correction.Before : null;
        FieldRules.Of(row.Batch!.TemplateVersion!.Fields).Apply(row.Cells);
        correction.UndoneAt = time.GetUtcNow().UtcDateTime;
        row.Status = await RowSteps.ReopenedAsync(db, row, correctionId, cancellation);
        await db.SaveChangesAsync(cancellation);
        changes.RaiseRow(row);
        return ReviewOutcome.Done with { CorrectionId = correctionId };
    }

    /// <summary>Takes back the newest edit of a row that still counts.</summary>
    public async Task<ReviewOutcome> LatestAsync(long rowId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var latest = await db.Corrections.Where(c => c.Cell!.RowId == rowId && c.UndoneAt == null).OrderByDescending(c => c.Id)
            .Select(c => (long?)c.Id).FirstOrDefaultAsync(cancellation);
        return latest is { } id ? await HandleAsync(id, cancellation) : ReviewOutcome.Unchanged;
    }
}
