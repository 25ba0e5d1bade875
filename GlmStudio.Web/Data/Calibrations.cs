using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Scores;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data;

/// <summary>Reads what people said about a batch's cells, and the calibrations that were made from it.</summary>
public sealed class Calibrations(IDbContextFactory<StudioDbContext> databases, BatchScores scores)
{
    /// <summary>The newest calibration for a template version on an engine, with its batch; null where there is none.</summary>
    public async Task<Calibration?> FindAsync(int templateVersionId, string engine, CancellationToken cancellation = default)
    {
        await using var db = databases.CreateDbContext();
        return await db.Calibrations.AsNoTracking().Include(c => c.Batch).Where(c => c.TemplateVersionId == templateVersionId && c.Engine == engine)
            .OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The cells that were read and that a person has judged: by a label, else by accepting the row, else by a correction.</summary>
    public async Task<JudgedCells> JudgedAsync(ScoredBatch batch, CancellationToken cancellation = default)
    {
        List<JudgedCell> judged = [];
        var (answered, withoutScore) = (0, 0);
        await foreach (var row in scores.RowsAsync(batch, null, cancellation))
        {
            if (!row.Counts || row.Facts.Error is not null || row.Facts.Status == RowStatus.Failed) continue;
            foreach (var (field, cell) in batch.Fields.Zip(row.Cells).Where(p => !p.First.IsComputed))
            {
                answered++;
                if (Verdict(field, row.Facts.Status, cell) is { } isRight)
                {
                    if (cell.RawScore is { } score) judged.Add(new JudgedCell(field.Key, row.Facts.ContentHash, score, isRight));
                    else withoutScore++;
                }
            }
        }
        return new JudgedCells(judged, withoutScore, answered);
    }

    /// <summary>Whether the engine's value is right; null where nobody has said.</summary>
    private static bool? Verdict(Field field, RowStatus status, ScoredCell cell) => cell.Label is not null ? cell.Engine.Match == CellMatch.Exact
        : status == RowStatus.Accepted || cell.IsCorrected ? CellScoring.Score(field.Type, cell.Final ?? "", cell.Value).Match == CellMatch.Exact
        : null;
}

/// <summary>What people said about a batch's cells.</summary>
/// <param name="Cells">Judged cells with a raw score.</param>
/// <param name="WithoutScore">Judged cells without evidence, which no calibration can use.</param>
/// <param name="Answered">Cells that were read in all answered rows, judged or not.</param>
public sealed record JudgedCells(IReadOnlyList<JudgedCell> Cells, int WithoutScore, int Answered);
