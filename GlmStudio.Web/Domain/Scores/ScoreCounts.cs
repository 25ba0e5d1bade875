namespace GlmStudio.Web.Domain.Scores;

/// <summary>What a set of labelled cells came to. The four kinds add up to <see cref="Cells"/>.</summary>
/// <param name="Cells">Labelled cells of rows that were answered or failed.</param>
/// <param name="Similarity">Mean edit similarity over those cells; null where there are none.</param>
public sealed record ScoreCounts(int Cells, int Exact, int Wrong, int Missing, int Extra, double? Similarity)
{
    /// <summary>Share of cells that are exact, 0 … 1; null where nothing is labelled.</summary>
    public double? ExactRate => Cells == 0 ? null : (double)Exact / Cells;

    /// <summary>95 % Wilson interval of <see cref="ExactRate"/>; null where nothing is labelled.</summary>
    public Interval? ExactInterval => Cells == 0 ? null : Interval.Wilson(Exact, Cells);
}

/// <summary>A range of rates, both ends within 0 … 1.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The normal distribution's 97.5 % point.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>Wilson's score interval (1927) at 95 %: where the true rate may lie after so many hits in so many tries.</summary>
    /// <param name="hits">0 … <paramref name="tries"/>.</param>
    /// <param name="tries">At least 1.</param>
    public static Interval Wilson(int hits, int tries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        var rate = (double)hits / tries;
        var spread = Z * Z / tries;
        var centre = (rate + (spread / 2)) / (1 + spread);
        var half = Z * Math.Sqrt((rate * (1 - rate) / tries) + (spread / (4 * tries))) / (1 + spread);
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
