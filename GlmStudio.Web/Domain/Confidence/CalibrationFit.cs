namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Judged cells → curves, thresholds and how well they hold on labels they did not see.</summary>
public static class CalibrationFit
{
    /// <summary>A field with fewer labelled cells, or without a wrong or a right one, is calibrated with all fields together.</summary>
    public const int OwnCells = 200;

    /// <summary>Fits every field.</summary>
    /// <param name="fields">The template version's fields.</param>
    /// <param name="cells">Judged cells of them.</param>
    /// <param name="perThousand">Wrong values allowed among 1,000 passed ones.</param>
    public static ConfidenceReport Report(IReadOnlyList<Field> fields, IReadOnlyList<JudgedCell> cells, double perThousand)
    {
        var pooled = Curve.Of(cells, perThousand);
        var byField = cells.ToLookup(c => c.Field, StringComparer.Ordinal);
        List<Prediction> all = [];
        List<FieldConfidence> reports = [];
        foreach (var field in fields)
        {
            JudgedCell[] own = [.. byField[field.Key]];
            var curve = StandsAlone(own) ? Curve.Of(own, perThousand) : pooled;
            var heldOut = own.Select(c => curve.HeldOut.GetValueOrDefault(c)).OfType<Prediction>().ToList();
            all.AddRange(heldOut);
            var threshold = curve.ThresholdOf(field.Key);
            var passed = threshold.Score is { } least ? own.Count(c => c.Score >= least) : 0;
            reports.Add(new FieldConfidence(field, Reliability.Of(heldOut), curve.Of(field.Key), curve.Cells, ReferenceEquals(curve, pooled), threshold, passed));
        }
        return new ConfidenceReport(perThousand, reports, Reliability.Of(all));
    }

    private static bool StandsAlone(JudgedCell[] own) => own.Length >= OwnCells && own.Any(c => c.IsRight) && own.Any(c => !c.IsRight);

    /// <summary>What a set of judged cells came to.</summary>
    /// <param name="HeldOut">By cell, as an object: two cells may look alike.</param>
    /// <param name="Threshold">In raw scores; where each field has a curve of its own, in confidence.</param>
    private sealed record Curve(int Cells, CurveFamily? Curves, Dictionary<JudgedCell, Prediction?> HeldOut, RiskThreshold Threshold)
    {
        public static Curve Of(IReadOnlyList<JudgedCell> cells, double perThousand)
        {
            var threshold = RiskThreshold.Of([.. cells.Select(c => new Prediction(c.Score, c.IsRight))], perThousand);
            var folds = cells.GroupBy(c => Folds.Of(c.Picture)).ToList();
            if (folds.Count < 2) return new Curve(cells.Count, null, [], threshold);
            var (method, heldOut) = MethodsFor(cells).Select(m => (Method: m, HeldOut: Predict(m, cells, folds)))
                .MinBy(t => Reliability.Of([.. t.HeldOut.Values.OfType<Prediction>()]).LogLoss);
            var family = CurveFamily.Fit(method, cells);
            // One raw score means a different confidence in each field: there the promise is about the confidence, as curves gave it that did not see the picture.
            if (family.ByField.Count > 0) threshold = RiskThreshold.Of([.. heldOut.Values.OfType<Prediction>()], perThousand);
            return new Curve(cells.Count, family, heldOut, threshold);
        }

        public Calibrator? Of(string field) => Curves?.Of(field);

        /// <summary>The threshold as a raw score of the field.</summary>
        public RiskThreshold ThresholdOf(string field) =>
            Curves is { ByField.Count: > 0 } && Threshold.Score is { } confidence ? Threshold with { Score = Curves.Of(field).ScoreOf(confidence) } : Threshold;

        private static IEnumerable<CalibrationMethod> MethodsFor(IReadOnlyList<JudgedCell> cells) => cells.DistinctBy(c => c.Field).Count() > 1
            ? [CalibrationMethod.Isotonic, CalibrationMethod.Logistic, CalibrationMethod.LogisticByField] : [CalibrationMethod.Isotonic, CalibrationMethod.Logistic];

        private static Dictionary<JudgedCell, Prediction?> Predict(CalibrationMethod method, IReadOnlyList<JudgedCell> cells, List<IGrouping<int, JudgedCell>> folds)
        {
            var predictions = new Dictionary<JudgedCell, Prediction?>(ReferenceEqualityComparer.Instance);
            foreach (var fold in folds)
            {
                var curves = CurveFamily.Fit(method, [.. cells.Where(c => Folds.Of(c.Picture) != fold.Key)]);
                foreach (var cell in fold) predictions[cell] = new Prediction(curves.Of(cell.Field).Apply(cell.Score), cell.IsRight);
            }
            return predictions;
        }
    }
}
