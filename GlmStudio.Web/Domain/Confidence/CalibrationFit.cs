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
            var passed = curve.Threshold.Score is { } least ? own.Count(c => c.Score >= least) : 0;
            reports.Add(new FieldConfidence(field, Reliability.Of(heldOut), curve.Calibrator, curve.Cells, ReferenceEquals(curve, pooled), curve.Threshold, passed));
        }
        return new ConfidenceReport(perThousand, reports, Reliability.Of(all));
    }

    private static bool StandsAlone(JudgedCell[] own) => own.Length >= OwnCells && own.Any(c => c.IsRight) && own.Any(c => !c.IsRight);

    /// <summary>What a set of judged cells came to.</summary>
    /// <param name="HeldOut">By cell, as an object: two cells may look alike.</param>
    private sealed record Curve(int Cells, Calibrator? Calibrator, Dictionary<JudgedCell, Prediction?> HeldOut, RiskThreshold Threshold)
    {
        public static Curve Of(IReadOnlyList<JudgedCell> cells, double perThousand)
        {
            var threshold = RiskThreshold.Of([.. cells.Select(c => new Prediction(c.Score, c.IsRight))], perThousand);
            var folds = cells.GroupBy(c => Folds.Of(c.Picture)).ToList();
            if (folds.Count < 2) return new Curve(cells.Count, null, [], threshold);
            var (method, heldOut) = Enum.GetValues<CalibrationMethod>().Select(m => (Method: m, HeldOut: Predict(m, cells, folds)))
                .MinBy(t => Reliability.Of([.. t.HeldOut.Values.OfType<Prediction>()]).LogLoss);
            return new Curve(cells.Count, Confidence.Calibrator.Fit(method, cells), heldOut, threshold);
        }

        private static Dictionary<JudgedCell, Prediction?> Predict(CalibrationMethod method, IReadOnlyList<JudgedCell> cells, List<IGrouping<int, JudgedCell>> folds)
        {
            var predictions = new Dictionary<JudgedCell, Prediction?>(ReferenceEqualityComparer.Instance);
            foreach (var fold in folds)
            {
                var curve = Confidence.Calibrator.Fit(method, [.. cells.Where(c => Folds.Of(c.Picture) != fold.Key)]);
                foreach (var cell in fold) predictions[cell] = new Prediction(curve.Apply(cell.Score), cell.IsRight);
            }
            return predictions;
        }
    }
}
