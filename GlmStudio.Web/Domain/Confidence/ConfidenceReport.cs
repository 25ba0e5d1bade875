namespace GlmStudio.Web.Domain.Confidence;

/// <summary>What the labels say about the confidences of a batch.</summary>
/// <param name="PerThousand">The promise: wrong values allowed among 1,000 passed ones.</param>
/// <param name="Fields">One for each field that the template version reads, in its order.</param>
/// <param name="All">All fields' held-out predictions together.</param>
public sealed record ConfidenceReport(double PerThousand, IReadOnlyList<FieldConfidence> Fields, Reliability All)
{
    /// <summary>Whether the labels suffice for a calibration.</summary>
    public bool CanCalibrate => Fields.Any(f => f.Calibrator is not null);

    /// <summary>Share of all judged cells that pass; null without cells.</summary>
    public double? Rate => All.Cells == 0 ? null : (double)Fields.Sum(f => f.Passed) / All.Cells;
}

/// <summary>One field's confidences.</summary>
/// <param name="HeldOut">Calibrated confidences of the field's judged cells, each from a curve that did not see its picture.</param>
/// <param name="Calibrator">The curve fitted to all of the labels; null where there are too few.</param>
/// <param name="FittedOn">Labelled cells it was fitted to.</param>
/// <param name="IsPooled">Whether those are of all fields together.</param>
/// <param name="Threshold">From the same cells as the curve.</param>
/// <param name="Passed">The field's own judged cells that pass.</param>
public sealed record FieldConfidence(Field Field, Reliability HeldOut, Calibrator? Calibrator, int FittedOn, bool IsPooled, RiskThreshold Threshold, int Passed)
{
    /// <summary>The threshold as a calibrated confidence; null without one.</summary>
    public double? PassingConfidence => Threshold.Score is { } score ? Calibrator?.Apply(score) : null;

    /// <summary>Share of the field's judged cells that pass; null without cells.</summary>
    public double? Rate => HeldOut.Cells == 0 ? null : (double)Passed / HeldOut.Cells;
}
