namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>How long a row waits before it is tried again: twice as long each time, within a bound, and scattered so that rows that failed together
/// do not come back together. The same row and attempt always wait as long.</summary>
public static class Backoff
{
    /// <param name="attempt">The attempt that failed: 1, 2, 3 …</param>
    /// <param name="rowId">Decides the scatter.</param>
    /// <param name="firstSeconds">The longest wait after the first attempt.</param>
    /// <param name="mostSeconds">The longest wait of all.</param>
    /// <returns>Between a half and the whole of the attempt's longest wait.</returns>
    public static TimeSpan After(int attempt, long rowId, double firstSeconds, double mostSeconds)
    {
        var longest = Math.Min(mostSeconds, firstSeconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromSeconds(longest * (0.5 + (Scatter(rowId, attempt) / 2)));
    }

    // SplitMix64 of row and attempt, as a number from 0 to below 1.
    private static double Scatter(long rowId, int attempt)
    {
        unchecked
        {
            var z = ((ulong)rowId * 0x9E3779B97F4A7C15) + ((ulong)attempt * 0xD1B54A32D192ED03);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
