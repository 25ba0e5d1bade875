using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class CalibrationFitTests
{
    private static readonly Field[] Fields = [new() { Key = "a", Label = "A", Type = FieldType.Text }, new() { Key = "b", Label = "B", Type = FieldType.Text }];

    [Fact]
    public void Folds_OfAHash_DependOnItAlone()
    {
        var hashes = Enumerable.Range(0, 500).Select(Hash).ToList();
        Assert.Equal(hashes.Select(Folds.Of), hashes.AsEnumerable().Reverse().Select(Folds.Of).Reverse());
        Assert.Equal(Enumerable.Range(0, Folds.Count), hashes.Select(Folds.Of).Distinct().Order());
    }

    [Fact]
    public void Report_ScoresThatPromiseTooMuch_AreBroughtToTheTruth()
    {
        // Every score is the square root of the chance of being right.
        var report = CalibrationFit.Report(Fields, Cells("a", 3_000, x => x, Math.Sqrt), 10);
        Assert.InRange(report.All.ExpectedError!.Value, 0, 0.04);
        Assert.InRange(report.Fields[0].Calibrator!.Apply(Math.Sqrt(0.3)), 0.2, 0.4);
        Assert.False(report.Fields[0].IsPooled);
    }

    [Fact]
    public void Report_FewCellsOfAField_ArePooled()
    {
        var report = CalibrationFit.Report(Fields, [.. Cells("a", 300, x => x, x => x), .. Cells("b", 50, x => x, x => x)], 10);
        Assert.Equal([(false, 300), (true, 350)], report.Fields.Select(f => (f.IsPooled, f.FittedOn)));
        Assert.Equal([300, 50], report.Fields.Select(f => f.HeldOut.Cells));
    }

    [Fact]
    public void Report_PooledFieldsOfDifferentWorth_HaveCurvesOfTheirOwn()
    {
        var report = CalibrationFit.Report(Fields, Apart(), 300);
        Assert.All(report.Fields, f => Assert.Equal((true, CalibrationMethod.LogisticByField, 300), (f.IsPooled, f.Calibrator!.Method, f.FittedOn)));
        Assert.InRange(report.Fields[0].Calibrator!.Apply(0.5), 0.7, 0.93);
        Assert.InRange(report.Fields[1].Calibrator!.Apply(0.5), 0.07, 0.3);
    }

    [Fact]
    public void Report_CurvesOfTheirOwn_KeepOnePromiseInConfidence()
    {
        var cells = Apart();
        var report = CalibrationFit.Report(Fields, cells, 300);
        var (a, b) = (report.Fields[0], report.Fields[1]);
        Assert.Equal(a.PassingConfidence!.Value, b.PassingConfidence!.Value, 9);
        Assert.True(b.Threshold.Score > a.Threshold.Score);
        Assert.Equal(cells.Count(c => c.Field == "a" && c.Score >= a.Threshold.Score), a.Passed);
    }

    [Fact]
    public void Report_PooledFieldsOfLikeWorth_ShareOneCurve()
    {
        var report = CalibrationFit.Report(Fields, [.. Cells("a", 150, x => x * x * x, x => x), .. Cells("b", 150, x => x * x * x, x => x)], 300);
        Assert.NotEqual(CalibrationMethod.LogisticByField, report.Fields[0].Calibrator!.Method);
        Assert.Equal(report.Fields[0].Threshold, report.Fields[1].Threshold);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.85)]
    public void ScoreOf_AProbability_IsWhereTheCurveReachesIt(double probability)
    {
        var curve = new Calibrator { Method = CalibrationMethod.Logistic, Slope = 1.7, Intercept = -0.6, Edge = 0.001 };
        Assert.Equal(probability, curve.Apply(curve.ScoreOf(probability)), 9);
    }

    [Theory]
    [InlineData(0.6, 1)]
    [InlineData(0.4, 0)]
    public void ScoreOf_FlatCurve_IsNoneOrAll(double probability, double score) =>
        Assert.Equal(score, new Calibrator { Method = CalibrationMethod.Logistic, Slope = 0, Intercept = 0, Edge = 0.001 }.ScoreOf(probability));

    [Fact]
    public void Report_OnePictureOnly_CannotHoldOut()
    {
        var report = CalibrationFit.Report(Fields, [new("a", Hash(1), 0.9, true), new("b", Hash(1), 0.2, false)], 10);
        Assert.False(report.CanCalibrate);
        Assert.Equal(0, report.All.Cells);
    }

    [Fact]
    public void Report_HeldOutFigures_DoNotSeeTheirOwnLabels()
    {
        // Verdicts by chance: whatever the curve learns of them, held out it is worth nothing.
        var random = new Random(3);
        var cells = Enumerable.Range(0, 400).Select(i => new JudgedCell("a", Hash(i), random.NextDouble(), random.NextDouble() < 0.5)).ToList();
        Assert.InRange(CalibrationFit.Report(Fields, cells, 10).All.Auroc!.Value, 0.35, 0.6);
    }

    [Theory]
    [InlineData(CalibrationMethod.Isotonic)]
    [InlineData(CalibrationMethod.Logistic)]
    public void Apply_AnyScore_RisesAndStaysInside(CalibrationMethod method)
    {
        var curve = Calibrator.Fit(method, [.. Cells("a", 200, x => x, x => x)]);
        var heights = Enumerable.Range(0, 101).Select(i => curve.Apply(i / 100.0)).ToList();
        Assert.Equal(heights.Order(), heights);
        Assert.All(heights, h => Assert.InRange(h, 0.5 / 200, 1 - (0.5 / 200)));
    }

    [Fact]
    public void Fit_FallingLogistic_BecomesFlat() =>
        Assert.Equal(0, Calibrator.Fit(CalibrationMethod.Logistic, [.. Cells("a", 300, x => 1 - x, x => x)]).Slope);

    [Fact]
    public void Fit_Logistic_FindsTheCurveItWasDrawnFrom()
    {
        var curve = Calibrator.Fit(CalibrationMethod.Logistic, [.. Cells("a", 20_000, x => 1 / (1 + Math.Exp(-((2 * Math.Log(x / (1 - x))) - 1))), x => x)]);
        Assert.InRange(curve.Slope, 1.85, 2.15);
        Assert.InRange(curve.Intercept, -1.15, -0.85);
    }

    // The same scores, but a value of "a" is right far more often than one of "b": log-odds of 1.5 and −1.5 at the score ½.
    private static List<JudgedCell> Apart() => [.. Cells("a", 150, x => Shifted(x, 1.5), x => x), .. Cells("b", 150, x => Shifted(x, -1.5), x => x)];

    private static double Shifted(double chance, double by) => 1 / (1 + ((1 - chance) / chance * Math.Exp(-by)));

    private static List<JudgedCell> Cells(string field, int count, Func<double, double> chance, Func<double, double> score)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(i => (i + 0.5) / count).Select((x, i) => new JudgedCell(field, Hash(i), score(x), random.NextDouble() < chance(x)))];
    }

    private static string Hash(int number) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)));
}
