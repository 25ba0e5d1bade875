namespace GlmStudio.Web.Domain.Confidence;

/// <summary>A confidence that was given before the verdict was looked at, and the verdict.</summary>
public readonly record struct Prediction(double Confidence, bool IsRight);

/// <summary>How well confidences kept their word.</summary>
/// <param name="Cells">Predictions.</param>
/// <param name="Errors">Wrong values among them.</param>
/// <param name="Auroc">Chance that a right value has a higher confidence than a wrong one, ties counting half; null where all are right or all are wrong.</param>
/// <param name="ExpectedError">Expected calibration error: the bins' |mean confidence − share right|, weighed by their cells; null without cells.</param>
/// <param name="LogLoss">Mean of −ln of the probability given to what came true; null without cells.</param>
/// <param name="Bins">Ten of equal width, empty ones too.</param>
public sealed record Reliability(int Cells, int Errors, double? Auroc, double? ExpectedError, double? LogLoss, IReadOnlyList<ReliabilityBin> Bins)
{
    public const int BinCount = 10;

    public static Reliability Of(IReadOnlyList<Prediction> predictions)
    {
        var bins = predictions.ToLookup(p => Math.Min(BinCount - 1, (int)(p.Confidence * BinCount)));
        var filled = Enumerable.Range(0, BinCount).Select(i => ReliabilityBin.Of(i, [.. bins[i]])).ToList();
        var count = predictions.Count;
        return new Reliability(count, predictions.Count(p => !p.IsRight), AurocOf(predictions),
            count == 0 ? null : filled.Where(b => b.Cells > 0).Sum(b => b.Cells * Math.Abs(b.MeanConfidence!.Value - b.ShareRight!.Value)) / count,
            count == 0 ? null : predictions.Average(p => -Math.Log(Math.Max(1e-15, p.IsRight ? p.Confidence : 1 - p.Confidence))), filled);
    }

    // Mann–Whitney: the rank sum of the right ones, equal confidences sharing their mean rank.
    private static double? AurocOf(IReadOnlyList<Prediction> predictions)
    {
        var (right, ranks, before) = (0L, 0.0, 0);
        foreach (var tied in predictions.GroupBy(p => p.Confidence).OrderBy(g => g.Key))
        {
            var (all, good) = (tied.Count(), tied.Count(p => p.IsRight));
            ranks += good * (before + ((all + 1) / 2.0));
            right += good;
            before += all;
        }
        var wrong = predictions.Count - right;
        return right == 0 || wrong == 0 ? null : (ranks - (right * (right + 1) / 2.0)) / ((double)right * wrong);
    }
}

/// <summary>The predictions of one range of confidence.</summary>
/// <param name="From">Its lower end, inclusive.</param>
/// <param name="To">Its upper end, exclusive; the last includes 1.</param>
/// <param name="MeanConfidence">Null where it is empty, as is <paramref name="ShareRight"/>.</param>
public sealed record ReliabilityBin(double From, double To, int Cells, double? MeanConfidence, double? ShareRight)
{
    internal static ReliabilityBin Of(int index, IReadOnlyList<Prediction> cells) => new((double)index / Reliability.BinCount, (index + 1.0) / Reliability.BinCount, cells.Count,
        cells.Count == 0 ? null : cells.Average(c => c.Confidence), cells.Count == 0 ? null : (double)cells.Count(c => c.IsRight) / cells.Count);
}
