using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Scoring;

/// <summary>How long a person takes for a cell: measured on the batch's own corrections where there are enough, else an assumption that is shown as one.</summary>
/// <param name="Seconds">Seconds a cell.</param>
/// <param name="Gaps">Times between two corrections it was measured on; 0: assumed.</param>
public sealed record ReviewPace(double Seconds, int Gaps)
{
    /// <summary>Assumed where nothing was measured.</summary>
    public const double Assumed = 6;

    // Fewer say little; longer ones are pauses; only the newest are read.
    private const int EnoughGaps = 20, MaxCorrections = 2_000;
    private const double LongestGap = 120;

    /// <summary>The median time between two corrections that follow each other within two minutes.</summary>
    internal static async Task<ReviewPace> ReadAsync(StudioDbContext db, int batchId, CancellationToken cancellation)
    {
        var times = await db.Corrections.Where(c => c.Cell!.Row!.BatchId == batchId).OrderByDescending(c => c.Id).Take(MaxCorrections).Select(c => c.At).ToListAsync(cancellation);
        return Of(times);
    }

    internal static ReviewPace Of(IReadOnlyList<DateTime> times)
    {
        var sorted = times.Order().ToList();
        var gaps = sorted.Zip(sorted.Skip(1), (a, b) => (b - a).TotalSeconds).Where(g => g is > 0 and <= LongestGap).Order().ToList();
        return gaps.Count < EnoughGaps ? new ReviewPace(Assumed, 0) : new ReviewPace(gaps[gaps.Count / 2], gaps.Count);
    }
}
