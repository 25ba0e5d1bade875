using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class IsotonicStepsTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 })]
    [InlineData(new double[] { 1, 3, 2, 4 }, new[] { 1, 2.5, 4 })]
    [InlineData(new double[] { 4, 3, 2, 1 }, new[] { 2.5 })]
    [InlineData(new double[] { 1, 0, 1, 0, 1, 1 }, new[] { 0.5, 1 })]
    [InlineData(new double[] { 0, 0, 1 }, new double[] { 0, 1 })]
    public void Fit_KnownCases_GivesTheirSteps(double[] y, double[] expected) =>
        Assert.Equal(expected, IsotonicSteps.Fit([.. y.Select((v, i) => ((double)i, v))]).Select(s => s.Value));

    [Fact]
    public void Fit_EqualPlaces_AreOnePoint()
    {
        var steps = IsotonicSteps.Fit([(1, 0), (1, 1), (2, 1)]);
        Assert.Equal([new(1, 1, 0.5, 2), new(2, 2, 1, 1)], steps);
    }

    [Fact]
    public void Fit_Pooled_WeighsByCount() => Assert.Equal([new(0, 2, 2.0 / 3, 3)], IsotonicSteps.Fit([(0, 1), (1, 1), (2, 0)]));
}
