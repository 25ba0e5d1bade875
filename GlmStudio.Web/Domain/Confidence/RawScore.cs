using GlmStudio.Engine;
using GlmStudio.Engine.Values;
using GlmStudio.Web.Domain.Scores;

namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Evidence → one number: a logistic combination with fixed weights, not calibrated. The formula and where the weights come from: docs/confidence.md.</summary>
public static class RawScore
{
    /// <summary>Nothing is certain: scores stay this far from 0 and 1.</summary>
    public const double Edge = 0.005;

    /// <summary>The score of a value, or of a value said to be missing (null or blank).</summary>
    /// <returns>Null where nothing is known: no evidence is not certainty.</returns>
    public static double? Of(FieldType type, string? value, CellEvidence? evidence)
    {
        if (evidence is null) return null;
        var isMissing = string.IsNullOrWhiteSpace(value);
        if (evidence is { Tokens: 0, Presence: null }) return isMissing || evidence.EngineScore is not { } own ? null : Math.Clamp(own, Edge, 1 - Edge);
        var z = isMissing ? Missing(evidence) : Present(type, value!, evidence);
        return Math.Clamp(1 / (1 + Math.Exp(-z)), Edge, 1 - Edge);
    }

    // Constant, doubt, likeness and line are fitted, the others chosen: what they are about is too rare among the generated pages to fit.
    private static double Present(FieldType type, string value, CellEvidence e) => 0.42
        - (0.46 * Math.Log(0.001 - (e.LogProbability ?? 0)))
        + (0.37 * Likeness(value, e))
        + (0.4 * Confirmation(e))
        + (10 * Line(e))
        + (0.5 * Math.Max(-3, e.Presence ?? 0))
        - (1 - (e.Match ?? 1))
        - (Normaliser.Reads(type, value) ? 0 : 2)
        - Flaws(e);

    // How firmly null was chosen, and whether the reader found nothing either; weights chosen, as the generated pages had too few nulls.
    private static double Missing(CellEvidence e) => (0.6 * LogOdds(e.Presence ?? -Math.Log(2))) + (0.8 * Agreement(e)) - Flaws(e);

    private static double Line(CellEvidence e) => Math.Max(0.6, e.LineScore ?? 0.95) - 0.95;

    private static double Flaws(CellEvidence e) => (0.5 * Math.Min(2, e.Quality.Count)) + (e.IsCut ? 1 : 0);

    private static double Agreement(CellEvidence e) => e.ReaderAgrees switch { true => 1, false => -1, null => 0 };

    // Readings that differ in a few letters speak less against a value than another value does.
    private static double Likeness(string value, CellEvidence e) =>
        e is { ReaderAgrees: false, ReaderValue: { } other } ? (2 * EditSimilarity.Of(value.ToLowerInvariant(), other.ToLowerInvariant())) - 1 : Agreement(e);

    // Chosen: as much as the reader's word.
    private static double Confirmation(CellEvidence e) => e.Confirmation?.Agrees switch { true => 1, false => -1, null => 0 };

    private static double LogOdds(double logProbability)
    {
        var probability = Math.Clamp(Math.Exp(logProbability), 0.01, 0.99);
        return Math.Log(probability / (1 - probability));
    }
}
