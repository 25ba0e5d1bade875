namespace GlmStudio.Web.Domain.Confidence;

/// <summary>What a cell's score means for a reviewer.</summary>
/// <param name="Confidence">The calibrated probability of being right, or the raw score where nothing is calibrated; null where there is no evidence.</param>
/// <param name="CalibratedOn">Labelled cells behind the calibration; null: not calibrated.</param>
/// <param name="Passes">Whether the promise lets the value through without a look; null where no promise was calibrated or the labels do not support it.</param>
public readonly record struct CellTrust(double? Confidence, int? CalibratedOn, bool? Passes)
{
    /// <summary>Without a threshold, values below these are worth a look: a raw score is no probability, a calibrated one is.</summary>
    public const double LowScore = 0.5, LowConfidence = 0.9;

    /// <summary>Whether a person should look at it.</summary>
    public bool IsUncertain => Passes is { } passes ? !passes : Confidence < (CalibratedOn is null ? LowScore : LowConfidence);

    /// <param name="calibration">What the template version learnt on this engine; null: nothing.</param>
    /// <param name="fieldKey">The cell's field.</param>
    /// <param name="score">Its raw score.</param>
    public static CellTrust Of(Calibration? calibration, string fieldKey, double? score)
    {
        if (calibration?.Of(fieldKey) is not { } field) return new CellTrust(score, null, null);
        return new CellTrust(score is { } known ? field.Confidence(known) : null, field.Cells, field.PassingScore is null ? null : field.Passes(score));
    }
}
