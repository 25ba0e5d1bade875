namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Evidence → one number: a logistic combination with fixed weights, not calibrated. The formula and where the weights come from: docs/confidence.md.</summary>
public static class RawScore
{
    /// <summary>Nothing is certain: scores stay this far from 0 and 1.</summary>
    public const double Edge = 0.005;

    /// <summary>The score of a value, or of a value said to be missing (null or blank).</summary>
    /// <returns>Null where nothing is known: no evidence is not certainty.</returns>
    public static double? Of(string? value, CellEvidence? evidence)
    {
        if (evidence is null) return null;
        var isMissing = string.IsNullOrWhiteSpace(value);
        if (evidence is { Tokens: 0, Presence: null }) return isMissing || evidence.EngineScore is not { } own ? null : Math.Clamp(own, Edge, 1 - Edge);
        var z = isMissing ? Missing(evidence) : Present(evidence);
        return Math.Clamp(1 / (1 + Math.Exp(-z)), Edge, 1 - Edge);
    }

    private static double Present(CellEvidence e) => 0.4
        + (2.0 * Math.Max(-3, MeanLogProbability(e)))
        + (0.35 * Math.Clamp(e.Margin ?? 6, 0, 6))
        - (0.5 * Math.Min(3, e.FirstEntropy ?? 0))
        + (0.5 * Math.Max(-3, e.Presence ?? 0))
        + (1.2 * Agreement(e))
        + (1.0 * ((e.Match ?? 0.5) - 0.5))
        + Shared(e);

    // How firmly null was chosen, and whether the reader found nothing either.
    private static double Missing(CellEvidence e) => (0.6 * LogOdds(e.Presence ?? -Math.Log(2))) + (1.2 * Agreement(e)) + Shared(e);

    private static double Shared(CellEvidence e) =>
        (4.0 * (Math.Max(0.6, e.LineScore ?? 0.95) - 0.95)) - (0.5 * Math.Min(2, e.Quality.Count)) - (e.IsCut ? 1 : 0);

    private static double MeanLogProbability(CellEvidence e) => e.Tokens == 0 ? 0 : (e.PermittedLogProbability ?? 0) / e.Tokens;

    private static double Agreement(CellEvidence e) => e.ReaderAgrees switch { true => 1, false => -1, null => 0 };

    private static double LogOdds(double logProbability)
    {
        var probability = Math.Clamp(Math.Exp(logProbability), 0.01, 0.99);
        return Math.Log(probability / (1 - probability));
    }
}
