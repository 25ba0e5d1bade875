namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Logistic curves of several fields that share one slope and have an intercept each, drawn towards the common one: partial pooling. A field with
/// few labels keeps close to the others, a field with many errors comes away from them.</summary>
/// <remarks>
/// p = σ(slope · x + intercept + offset of the field), x the raw score's log-odds. Least is
/// −Σ y·ln p + (1 − y)·ln(1 − p) + Σ offset² ÷ (2 · variance), with Platt's smoothed targets y. The variance of the offsets is the labels' own word
/// (empirical Bayes): the mean of offset² + Var(offset), Laplace's approximation, repeated until it stands still (Laird 1978).
/// </remarks>
/// <param name="Slope">At least 0.</param>
/// <param name="Intercept">The common one.</param>
/// <param name="Offsets">What each field adds to it; a field without cells has none.</param>
/// <param name="Variance">Of the offsets, as it was given or found.</param>
public sealed record SharedSlope(double Slope, double Intercept, IReadOnlyDictionary<string, double> Offsets, double Variance)
{
    // Standard deviations of 0.1 … 3: closer, the fields are one; further, each is on its own.
    private const double LeastVariance = 0.01, MostVariance = 9, StandsStill = 1e-3;
    private const int MaxRounds = 100;

    /// <summary>The intercept of a field's own curve.</summary>
    public double InterceptOf(string field) => Intercept + Offsets.GetValueOrDefault(field);

    /// <summary>The curves with the variance that the labels themselves tell.</summary>
    public static SharedSlope Fit(IReadOnlyList<JudgedCell> cells)
    {
        var points = FieldPoints.Of(cells);
        var variance = 1.0;
        for (var round = 0; round < MaxRounds; round++)
        {
            var spread = SharedSlopeFit.Of(points, variance).Spread(variance);
            var next = Math.Clamp(spread, LeastVariance, MostVariance);
            var isStill = Math.Abs(next - variance) <= StandsStill * variance;
            variance = next;
            if (isStill) break;
        }
        return Fit(points, variance);
    }

    /// <summary>The curves with a given variance of the offsets.</summary>
    public static SharedSlope Fit(IReadOnlyList<JudgedCell> cells, double variance) => Fit(FieldPoints.Of(cells), variance);

    private static SharedSlope Fit(IReadOnlyList<FieldPoints> points, double variance)
    {
        var found = SharedSlopeFit.Of(points, variance);
        return new SharedSlope(found.Slope, found.Intercept, points.Zip(found.Offsets).ToDictionary(p => p.First.Field, p => p.Second, StringComparer.Ordinal), variance);
    }
}

/// <summary>One field's judged cells as the fit needs them.</summary>
/// <param name="X">Log-odds of the raw scores.</param>
/// <param name="Y">Targets, Platt's, of all fields together: so that cells which separate leave the slope finite.</param>
internal sealed record FieldPoints(string Field, double[] X, double[] Y)
{
    public static IReadOnlyList<FieldPoints> Of(IReadOnlyList<JudgedCell> cells)
    {
        var (high, low) = LogisticCurve.Targets(cells);
        return [.. cells.GroupBy(c => c.Field, StringComparer.Ordinal).Select(g =>
            new FieldPoints(g.Key, [.. g.Select(c => LogisticCurve.LogOdds(c.Score))], [.. g.Select(c => c.IsRight ? high : low)]))];
    }
}
