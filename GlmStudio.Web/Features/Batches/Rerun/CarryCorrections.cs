using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Rerun;

/// <summary>What people said of a picture survives re-runs: where the engine's new value is another, it stands as a correction. A word lasts until a later batch of the
/// chain has another one, or a person took it back there: the batch between may not have needed it, or may have no answer yet.</summary>
public sealed class CarryCorrections(IDbContextFactory<StudioDbContext> databases)
{
    /// <param name="answer">The new answer; its cells are changed.</param>
    /// <param name="row">Its row.</param>
    /// <param name="previousBatchId">The batch that is run again.</param>
    /// <param name="rules">Compute again what depends on a corrected value.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<RowAnswer> HandleAsync(RowAnswer answer, ClaimedRow row, int previousBatchId, FieldRules rules, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        List<Said> said = [];
        for (int? batch = previousBatchId; batch is { } id; batch = await db.Batches.Where(b => b.Id == id).Select(b => b.PreviousBatchId).SingleOrDefaultAsync(cancellation))
            said.AddRange(await SaidAsync(db, row, id, cancellation));
        var corrections = said.DistinctBy(s => s.FieldKey).Where(s => s.Stands).Select(s => Take(answer.Cells.Find(c => c.FieldKey == s.FieldKey), s)).OfType<Correction>().ToList();
        if (corrections.Count == 0) return answer;
        rules.Apply(answer.Cells);
        return answer with { Corrections = corrections };
    }

    /// <summary>Each field of which something was said in a batch, the same repeat's word first.</summary>
    private static Task<List<Said>> SaidAsync(StudioDbContext db, ClaimedRow row, int batchId, CancellationToken cancellation) =>
        db.Cells.Where(c => c.Row!.BatchId == batchId && c.Row.ImageItemId == row.ImageItemId && (c.IsCorrected || db.Corrections.Any(e => e.CellId == c.Id)))
            .OrderBy(c => c.IsCorrected ? 0 : 1).ThenBy(c => c.Row!.Repeat == row.Repeat ? 0 : 1).ThenBy(c => c.Id)
            .Select(c => new Said(c.FieldKey, c.IsCorrected, c.CorrectedValue, db.Corrections.Where(e => e.CellId == c.Id && e.UndoneAt == null).Max(e => (DateTime?)e.At), c.Row!.AnsweredAt))
            .ToListAsync(cancellation);

    // The time stays that of the person's edit: nobody has edited anything now.
    private static Correction? Take(Cell? cell, Said said)
    {
        if (cell is null || cell.Value == said.Value) return null;
        (cell.IsCorrected, cell.CorrectedValue) = (true, said.Value);
        return new Correction { Cell = cell, Before = cell.Value, WasCorrected = false, After = said.Value, At = said.At ?? said.AnsweredAt ?? default };
    }

    /// <param name="Stands">False where a person took it back.</param>
    private sealed record Said(string FieldKey, bool Stands, string? Value, DateTime? At, DateTime? AnsweredAt);
}
