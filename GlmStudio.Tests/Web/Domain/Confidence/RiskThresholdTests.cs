using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class RiskThresholdTests
{
    [Fact]
    public void Of_EnoughRightOnes_PassesDownToTheFirstThatBreaksThePromise()
    {
        var found = RiskThreshold.Of([.. Cells(0.9, 320, right: true), .. Cells(0.5, 60, right: false)], 10);
        Assert.Equal((0.9, 0), (found.Score, found.Missing));
    }

    [Fact]
    public void Of_AnErrorOnTop_IsOutweighedFurtherDown() =>
        Assert.Equal(0.5, RiskThreshold.Of([.. Cells(0.9, 1, right: false), .. Cells(0.5, 500, right: true)], 10).Score);

    [Fact]
    public void Of_TooFewLabels_SaysHowManyMore()
    {
        var found = RiskThreshold.Of(Cells(0.9, 100, right: true), 10);
        Assert.Equal((null, 199), (found.Score, found.Missing));
    }

    [Fact]
    public void Of_ErrorsEverywhere_NeedsAsManyAsFromTheBeginning() => Assert.Equal(299, RiskThreshold.Of(Cells(0.9, 100, right: false), 10).Missing);

    [Fact]
    public void Of_NoLabels_NeedsAll() => Assert.Equal(new RiskThreshold(null, 299), RiskThreshold.Of([], 10));

    private static List<Prediction> Cells(double score, int count, bool right) => [.. Enumerable.Range(0, count).Select(_ => new Prediction(score, right))];
}
