namespace GlmStudio.Web.Domain.Confidence;

/// <summary>A logistic curve over the log-odds of raw scores, fitted with Platt's smoothed targets (Platt 1999; Newton's method after Lin, Lin and Weng 2007).</summary>
public static class LogisticCurve
{
    private const int MaxRounds = 100;
    private const double Ridge = 1e-6, Enough = 1e-10;

    /// <summary>The curve's height at a raw score.</summary>
    public static double At(double slope, double intercept, double score) => Sigmoid((slope * LogOdds(score)) + intercept);

    /// <summary>The likeliest slope and intercept. A falling curve is made flat: more evidence never means less confidence.</summary>
    public static (double Slope, double Intercept) Fit(IReadOnlyList<JudgedCell> cells)
    {
        var (high, low) = Targets(cells);
        var x = cells.Select(c => LogOdds(c.Score)).ToArray();
        var y = cells.Select(c => c.IsRight ? high : low).ToArray();
        var mean = y.Average();
        var (slope, intercept) = (0.0, Math.Log(mean / (1 - mean)));
        var loss = Loss(x, y, slope, intercept);
        for (var round = 0; round < MaxRounds; round++)
        {
            var (ds, di) = Direction(x, y, slope, intercept);
            var step = 1.0;
            var next = Loss(x, y, slope + ds, intercept + di);
            while (next > loss && step > 1e-8) next = Loss(x, y, slope + ((step /= 2) * ds), intercept + (step * di));
            if (next > loss) break;
            (slope, intercept) = (slope + (step * ds), intercept + (step * di));
            var gain = loss - next;
            loss = next;
            if (gain < Enough) break;
        }
        return slope >= 0 ? (slope, intercept) : (0, Math.Log(mean / (1 - mean)));
    }

    /// <summary>What right and wrong cells are fitted to: so many labels show no more (Platt).</summary>
    internal static (double Right, double Wrong) Targets(IReadOnlyList<JudgedCell> cells)
    {
        var right = cells.Count(c => c.IsRight);
        return ((right + 1.0) / (right + 2), 1.0 / (cells.Count - right + 2));
    }

    private static (double Slope, double Intercept) Direction(double[] x, double[] y, double slope, double intercept)
    {
        double gs = 0, gi = 0, ss = Ridge, si = 0, ii = Ridge;
        for (var n = 0; n < x.Length; n++)
        {
            var p = Sigmoid((slope * x[n]) + intercept);
            var (miss, weight) = (y[n] - p, p * (1 - p));
            (gs, gi) = (gs + (x[n] * miss), gi + miss);
            (ss, si, ii) = (ss + (weight * x[n] * x[n]), si + (weight * x[n]), ii + weight);
        }
        var determinant = (ss * ii) - (si * si);
        return (((ii * gs) - (si * gi)) / determinant, ((ss * gi) - (si * gs)) / determinant);
    }

    // −Σ y·ln p + (1 − y)·ln(1 − p), written so that no large exponent overflows.
    internal static double Loss(double[] x, double[] y, double slope, double intercept)
    {
        var sum = 0.0;
        for (var n = 0; n < x.Length; n++)
        {
            var z = (slope * x[n]) + intercept;
            sum += Math.Max(z, 0) - (y[n] * z) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
        }
        return sum;
    }

    internal static double LogOdds(double score)
    {
        var inside = Math.Clamp(score, 1e-6, 1 - 1e-6);
        return Math.Log(inside / (1 - inside));
    }

    internal static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
