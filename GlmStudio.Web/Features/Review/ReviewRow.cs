using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Scores;

namespace GlmStudio.Web.Features.Review;

/// <summary>A row as the review shows it.</summary>
/// <param name="Cells">One for each field of the template version, in its order.</param>
public sealed record ReviewRow(
    long Id, int Ordinal, ImageItem Image, RowStatus Status, string? Error, int? Rating, string Comment, IReadOnlyList<ReviewCell> Cells)
{
    public string Name => Image.DisplayName;
}

/// <param name="Value">The engine's value.</param>
/// <param name="Final">What counts.</param>
/// <param name="Match">How <paramref name="Final"/> compares with the label.</param>
public sealed record ReviewCell(
    string Key, string? Value, bool IsCorrected, string? Final, PageBox? Box, string? Label, CellMatch Match)
{
    /// <summary>How far to trust the engine's value.</summary>
    public CellTrust Trust { get; init; }

    /// <summary>What the engine read, where a rule made <see cref="Value"/> out of it; null with <see cref="IsRuled"/>: computed.</summary>
    public string? Raw { get; init; }
    public bool IsRuled { get; init; }

    /// <summary>Why the value wants a look, in the template author's words or as a key of the translations; null where nothing does.</summary>
    public string? Message { get; init; }

    /// <summary>Why it may be wrong.</summary>
    public IReadOnlyList<DoubtReason> Reasons { get; init; } = [];

    /// <summary>Worth a person's look; one that a person has corrected had it.</summary>
    public bool IsLow => !IsCorrected && Trust.IsUncertain;

    public static ReviewCell Of(Field field, Row row, Cell? cell, string? label, Calibration? calibration) =>
        new(field.Key, cell?.Value, cell?.IsCorrected ?? false, cell?.Final, cell?.Box, label,
            ScoredCell.Of(field, row.Status, row.Error, label, cell).Corrected.Match)
        {
            Raw = cell?.Raw, IsRuled = cell?.IsRuled ?? false, Message = cell?.OpenProblem,
            Trust = cell is null ? default : CellTrust.Of(calibration, field.Key, cell.Score), Reasons = DoubtReason.Of(cell?.Read, cell?.Evidence),
        };
}

/// <summary>Which rows the grid lists.</summary>
public enum ReviewFilter { All, ToReview, Failed, Corrected, Wrong, LowScore, Messages, Accepted }

/// <summary>A row's place in the list.</summary>
public readonly record struct RowRef(long Id, int Ordinal);
