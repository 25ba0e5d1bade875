using System.Text.Json.Serialization;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Web.Domain.Scores;

/// <summary>How an answer compares with its label.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellMatch>))]
public enum CellMatch
{
    /// <summary>No label says anything about this cell; it does not count.</summary>
    Unlabelled,
    /// <summary>Equal after the normalisation of the field's type, or both say that the page does not show the value.</summary>
    Exact,
    /// <summary>Both have a value, and the values differ.</summary>
    Wrong,
    /// <summary>The label has a value and the answer has none; every labelled cell of a failed row.</summary>
    Missing,
    /// <summary>The label says that the page does not show a value, and the answer has one.</summary>
    Extra,
}

/// <summary>One comparison.</summary>
/// <param name="Match">The verdict.</param>
/// <param name="Similarity">1 − edit distance ÷ length of the longer text, both normalised: 1 where exact, 0 where missing or extra.</param>
public readonly record struct CellScore(CellMatch Match, double Similarity)
{
    /// <summary>Labelled, and not exact.</summary>
    public bool IsFault => Match is CellMatch.Wrong or CellMatch.Missing or CellMatch.Extra;
}

/// <summary>The one rule by which a value is compared with its label. Page, HTTP and Excel all come from here.</summary>
public static class CellScoring
{
    /// <summary>Compares one answer with one label.</summary>
    /// <param name="type">Names the normalisation.</param>
    /// <param name="label">The label; null: there is none for this cell; blank: the page does not show the value.</param>
    /// <param name="answer">The answer; null or blank: the page does not show the value.</param>
    /// <param name="answered">False where the row failed: then an empty answer says nothing, and no label is met by it.</param>
    public static CellScore Score(FieldType type, string? label, string? answer, bool answered = true)
    {
        if (label is null) return new CellScore(CellMatch.Unlabelled, 0);
        if (!answered) return new CellScore(CellMatch.Missing, 0);
        var (hasLabel, hasAnswer) = (!string.IsNullOrWhiteSpace(label), !string.IsNullOrWhiteSpace(answer));
        return (hasLabel, hasAnswer) switch
        {
            (false, false) => new CellScore(CellMatch.Exact, 1),
            (true, false) => new CellScore(CellMatch.Missing, 0),
            (false, true) => new CellScore(CellMatch.Extra, 0),
            _ when string.Equals(label, answer, StringComparison.Ordinal) => new CellScore(CellMatch.Exact, 1),
            _ => Compare(Normaliser.Normalise(type, label), Normaliser.Normalise(type, answer)),
        };
    }

    private static CellScore Compare(string label, string answer) => string.Equals(label, answer, StringComparison.Ordinal)
        ? new CellScore(CellMatch.Exact, 1)
        : new CellScore(CellMatch.Wrong, EditSimilarity.Of(label, answer));
}
