using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Review;

/// <summary>Sets a cell to what a person says, at once, and records the edit so that it can be undone. The last edit wins.</summary>
public sealed class EditCell(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time)
{
    public const int MaxLength = 32_000;

    /// <param name="rowId">The row.</param>
    /// <param name="fieldKey">A field of the batch's template version.</param>
    /// <param name="value">The value; null says that the page does not show one, which is not the same as an empty text.</param>
    /// <param name="cancellation">Stops the saving.</param>
    public async Task<ReviewOutcome> HandleAsync(long rowId, string fieldKey, string? value, CancellationToken cancellation)
    {
        if (value?.Length > MaxLength) return ReviewOutcome.Refused("The value is longer than 32,000 characters. Shorten it.");
        await using var db = databases.CreateDbContext();
        var row = await db.Rows.Include(r => r.Batch!.TemplateVersion).Include(r => r.Cells)
            .FirstOrDefaultAsync(r => r.Id == rowId, cancellation);
        if (row is null) return ReviewOutcome.NoRow;
        var fields = row.Batch!.TemplateVersion!.Fields;
        if (!fields.Exists(f => f.Key == fieldKey)) return new(ReviewResult.NotFound, "The batch's template has no such field.");
        if (!RowSteps.IsOpen(row.Status)) return ReviewOutcome.Refused(RowSteps.NotAnswered);
        var cell = row.Cells.Find(c => c.FieldKey == fieldKey);
        if (cell is null) row.Cells.Add(cell = new Cell { FieldKey = fieldKey });
        if (cell.Final == value) return ReviewOutcome.Unchanged;
        var correction = Apply(cell, value);
        db.Add(correction);
        // Other fields may be computed from this one, or checked against it.
        FieldRules.Of(fields).Apply(row.Cells);
        row.Status = RowStatus.InReview;
        await db.SaveChangesAsync(cancellation);
        changes.RaiseRow(row);
        return ReviewOutcome.Done with { CorrectionId = correction.Id };
    }

    private Correction Apply(Cell cell, string? value)
    {
        var correction = new Correction
        {
            Cell = cell, Before = cell.Final, WasCorrected = cell.IsCorrected, After = value, At = time.GetUtcNow().UtcDateTime,
        };
        // A person who types what the engine said has nothing to correct.
        cell.IsCorrected = value != cell.Value;
        cell.CorrectedValue = cell.IsCorrected ? value : null;
        return correction;
    }
}
