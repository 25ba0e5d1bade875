namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Why a value may be wrong; the words are in <c>Features/Review/ConfidenceWords.cs</c>.</summary>
public enum Doubt
{
    /// <summary>The reader found another value.</summary>
    ReadingsDisagree,
    /// <summary>The reader found a value where the model says there is none.</summary>
    ReaderFoundOne,
    /// <summary>The reader found none where the model gives one.</summary>
    ReaderFoundNone,
    /// <summary>Asked again on a crop, the model read another value.</summary>
    AskedAgainOther,
    /// <summary>Asked again on a crop, it read none.</summary>
    AskedAgainNone,
    /// <summary>Asked again on a crop, it read the same: no doubt, but why the score is what it is.</summary>
    AskedAgainSame,
    /// <summary>Another token was nearly chosen.</summary>
    SecondChoice,
    /// <summary>The model was unsure of the value's beginning.</summary>
    UnsureStart,
    /// <summary>The model was unsure whether there is a value.</summary>
    UnsurePresence,
    /// <summary>The page does not show the value.</summary>
    NotOnPage,
    /// <summary>The page shows only something like it.</summary>
    OnlyAlike,
    /// <summary>The line was hard to read.</summary>
    FaintLine,
    /// <summary>The picture has a quality note.</summary>
    Picture,
    /// <summary>The answer was cut off by its token limit.</summary>
    Cut,
}

/// <summary>One reason with what it is about.</summary>
/// <param name="Detail">The other value, the second choice, or the quality note; null where there is nothing to name.</param>
public sealed record DoubtReason(Doubt Kind, string? Detail = null)
{
    // A second choice within e^1.5 ≈ 4.5 times of the first; an entropy of 0.7 is an even choice of two; a line below 0.9 has a likely misread character.
    private const double CloseMargin = 1.5, HighEntropy = 0.7, FaintScore = 0.9;
    private static readonly double LikelyPresence = Math.Log(0.9);

    /// <summary>The reasons to doubt a cell's value, the weightiest first; none where the evidence speaks for it or there is none.</summary>
    public static IReadOnlyList<DoubtReason> Of(string? value, CellEvidence? evidence) => evidence is null ? [] : [.. All(value, evidence)];

    private static IEnumerable<DoubtReason> All(string? value, CellEvidence e)
    {
        var isMissing = string.IsNullOrWhiteSpace(value);
        if (e.IsCut) yield return new(Doubt.Cut);
        if (e.ReaderAgrees == false)
            yield return isMissing ? new(Doubt.ReaderFoundOne, e.ReaderValue) : e.ReaderValue is null ? new(Doubt.ReaderFoundNone) : new(Doubt.ReadingsDisagree, e.ReaderValue);
        if (e.Confirmation is { Agrees: false } again) yield return again.Value is { } other ? new(Doubt.AskedAgainOther, other) : new(Doubt.AskedAgainNone);
        if (!isMissing && e.Match == 0) yield return new(Doubt.NotOnPage);
        if (!isMissing && e.Match is > 0 and < 0.9) yield return new(Doubt.OnlyAlike);
        if (!isMissing && e is { Margin: < CloseMargin, Second: { } second }) yield return new(Doubt.SecondChoice, second);
        else if (!isMissing && e.FirstEntropy > HighEntropy) yield return new(Doubt.UnsureStart);
        if (e.Presence < LikelyPresence) yield return new(Doubt.UnsurePresence);
        if (!isMissing && e.LineScore < FaintScore) yield return new(Doubt.FaintLine);
        foreach (var note in e.Quality) yield return new(Doubt.Picture, note);
        if (e.Confirmation is { Agrees: true }) yield return new(Doubt.AskedAgainSame);
    }
}
