namespace GlmStudio.Web.Domain.Scores;

/// <summary>A row with every cell compared with its label.</summary>
/// <param name="Cells">One for each field of the template version, in its order.</param>
public sealed record ScoredRow(RowLink Link, RowFacts Facts, IReadOnlyList<ScoredCell> Cells)
{
    /// <summary>Only rows that were answered or failed count.</summary>
    public bool Counts => Facts.Status is not (RowStatus.Queued or RowStatus.Running or RowStatus.Cancelled);
}

/// <summary>What a report says of a row beside its cells.</summary>
public sealed record RowFacts(
    RowStatus Status, string? Error, double Seconds, int? Rating, string Comment, string ContentHash, int Page);

/// <summary>A value, what a person made of it, its label, and both comparisons.</summary>
/// <param name="Value">The engine's value.</param>
/// <param name="Final">What counts now.</param>
/// <param name="Label">Null: no label for this cell.</param>
public readonly record struct ScoredCell(
    string? Value, bool IsCorrected, string? Final, string? Label, CellScore Engine, CellScore Corrected)
{
    /// <summary>Why a rule wants a person's look; null where nothing does.</summary>
    public string? Message { get; init; }

    /// <summary>The engine's value's raw score; null where there is no evidence.</summary>
    public double? RawScore { get; init; }

    /// <summary>Compares both values with the label.</summary>
    /// <param name="status">A failed row answers nothing, except where a person typed a value or accepted the row as it is.</param>
    public static ScoredCell Of(Field field, RowStatus status, string? error, string? label, Cell? cell)
    {
        var failed = status == RowStatus.Failed || error is not null;
        var corrected = cell?.IsCorrected ?? false;
        return new ScoredCell(cell?.Value, corrected, cell?.Final, label,
            CellScoring.Score(field.Type, label, cell?.Value, !failed),
            CellScoring.Score(field.Type, label, cell?.Final, !failed || corrected || status == RowStatus.Accepted))
        {
            Message = cell?.OpenProblem,
            RawScore = cell?.Score,
        };
    }

    public CellScore Score(ScoreSide side) => side == ScoreSide.Engine ? Engine : Corrected;

    public string? Text(ScoreSide side) => side == ScoreSide.Engine ? Value : Final;
}
