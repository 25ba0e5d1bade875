namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Which cells pass without a person's look, so that a promise is kept: at most so many wrong values among 1,000 passed, with 95 % certainty.</summary>
/// <param name="Score">The lowest raw score that passes; null where the labels support no threshold. A calibration rises, so it is one in confidence too.</param>
/// <param name="Missing">Without a threshold: the fewest labelled cells that are still needed, if all of them are right; 0 with one.</param>
public sealed record RiskThreshold(double? Score, int Missing)
{
    /// <summary>Limits of the promise, in wrong values among 1,000, and what is asked for unless somebody says otherwise.</summary>
    public const double MinRisk = 0.1, MaxRisk = 500, DefaultRisk = 10;

    /// <summary>Takes the lowest threshold whose passed cells keep the promise.</summary>
    /// <param name="cells">Raw scores with their verdicts.</param>
    /// <param name="perThousand">Wrong values allowed among 1,000 passed ones, <see cref="MinRisk"/> … <see cref="MaxRisk"/>.</param>
    public static RiskThreshold Of(IReadOnlyList<Prediction> cells, double perThousand)
    {
        var (risk, passed, errors) = (perThousand / 1000, 0, 0);
        double? best = null;
        var deepest = new Dictionary<int, int>();
        foreach (var tied in cells.GroupBy(c => c.Confidence).OrderByDescending(g => g.Key))
        {
            passed += tied.Count();
            errors += tied.Count(c => !c.IsRight);
            deepest[errors] = passed;
            if (ClopperPearson.Holds(errors, passed, risk)) best = tied.Key;
        }
        return new RiskThreshold(best, best is null ? StillNeeded(deepest, risk) : 0);
    }

    // With e errors among the n best cells, TriesNeeded(e) − n further right ones would do; the cheapest e counts. Beyond as many errors as the
    // fewest cells could have, no e is cheaper.
    private static int StillNeeded(Dictionary<int, int> deepest, double risk)
    {
        var fewest = ClopperPearson.TriesNeeded(0, risk) - deepest.GetValueOrDefault(0);
        foreach (var (errors, passed) in deepest)
            if (errors > 0 && errors / risk - passed < fewest) fewest = Math.Min(fewest, ClopperPearson.TriesNeeded(errors, risk) - passed);
        return Math.Max(1, fewest);
    }
}
