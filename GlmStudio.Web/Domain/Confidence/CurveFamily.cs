namespace GlmStudio.Web.Domain.Confidence;

/// <summary>The curves that judged cells of one field or of several were fitted with: one for all, or one a field.</summary>
/// <param name="Common">The curve of every field that has none of its own.</param>
/// <param name="ByField">Curves of single fields by their keys; empty where all share one.</param>
public sealed record CurveFamily(Calibrator Common, IReadOnlyDictionary<string, Calibrator> ByField)
{
    /// <summary>The curve of a field.</summary>
    public Calibrator Of(string field) => ByField.GetValueOrDefault(field, Common);

    /// <summary>Fits curves to judged cells, at least one.</summary>
    public static CurveFamily Fit(CalibrationMethod method, IReadOnlyList<JudgedCell> cells)
    {
        if (method != CalibrationMethod.LogisticByField) return new CurveFamily(Calibrator.Fit(method, cells), new Dictionary<string, Calibrator>());
        var shared = SharedSlope.Fit(cells);
        return new CurveFamily(Logistic(shared.Intercept), shared.Offsets.Keys.ToDictionary(f => f, f => Logistic(shared.InterceptOf(f)), StringComparer.Ordinal));

        Calibrator Logistic(double intercept) => new() { Method = method, Slope = shared.Slope, Intercept = intercept, Edge = Calibrator.EdgeOf(cells.Count) };
    }
}
