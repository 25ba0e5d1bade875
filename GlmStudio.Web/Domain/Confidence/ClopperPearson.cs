namespace GlmStudio.Web.Domain.Confidence;

/// <summary>The exact one-sided bound of a rate (Clopper and Pearson 1934), by the regularised incomplete beta function.</summary>
public static class ClopperPearson
{
    /// <summary>The certainty of every promise.</summary>
    public const double Certainty = 0.95;

    /// <summary>The rate that is not exceeded with the given certainty, after so many hits in so many tries; 1 without tries.</summary>
    /// <param name="hits">0 … <paramref name="tries"/>.</param>
    /// <param name="tries">At least 0.</param>
    /// <param name="certainty">Within 0 … 1, both excluded.</param>
    public static double UpperBound(int hits, int tries, double certainty = Certainty)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, tries);
        if (hits == tries) return 1;
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 100 && high - low > 1e-14; i++)
        {
            var middle = (low + high) / 2;
            if (IncompleteBeta.Regularised(hits + 1, tries - hits, middle) < certainty) low = middle;
            else high = middle;
        }
        return high;
    }

    /// <summary>Whether the bound is at or below a rate: one look at the beta function instead of a search.</summary>
    public static bool Holds(int hits, int tries, double rate, double certainty = Certainty) => hits < tries && IncompleteBeta.Regularised(hits + 1, tries - hits, rate) >= certainty;

    /// <summary>The fewest tries after which so many hits keep the bound at or below a rate.</summary>
    /// <param name="hits">At least 0.</param>
    /// <param name="rate">Within 0 … 1, both excluded.</param>
    /// <param name="certainty">Within 0 … 1, both excluded.</param>
    public static int TriesNeeded(int hits, double rate, double certainty = Certainty)
    {
        var (low, high) = (hits, Math.Max(1, hits));
        while (!Holds(hits, high, rate, certainty)) (low, high) = (high, checked(high * 2));
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (Holds(hits, middle, rate, certainty)) high = middle;
            else low = middle;
        }
        return high;
    }
}
