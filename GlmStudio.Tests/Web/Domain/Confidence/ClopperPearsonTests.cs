using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class ClopperPearsonTests
{
    // 0 hits: 1 − 0.05^(1/n) exactly. The others: the 95 % quantile of Beta(x + 1, n − x), as tables of exact binomial limits give it.
    [Theory]
    [InlineData(0, 59, 0.0495)]
    [InlineData(0, 299, 0.0100)]
    [InlineData(0, 10, 0.2589)]
    [InlineData(1, 10, 0.3942)]
    [InlineData(5, 10, 0.7776)]
    [InlineData(9, 10, 0.9949)]
    [InlineData(1, 20, 0.2161)]
    [InlineData(10, 10, 1)]
    [InlineData(0, 0, 1)]
    public void UpperBound_KnownCases_AreMet(int hits, int tries, double expected) => Assert.Equal(expected, ClopperPearson.UpperBound(hits, tries), 4);

    [Theory]
    [InlineData(3, 500)]
    [InlineData(40, 1_000)]
    public void UpperBound_Any_LeavesTheTailOfFivePercent(int hits, int tries)
    {
        var rate = ClopperPearson.UpperBound(hits, tries);
        var (term, tail) = (Math.Pow(1 - rate, tries), 0.0);
        for (var i = 0; i <= hits; i++)
        {
            tail += term;
            term *= (double)(tries - i) / (i + 1) * rate / (1 - rate);
        }
        Assert.Equal(0.05, tail, 6);
    }

    [Theory]
    [InlineData(0, 0.01)]
    [InlineData(0, 0.05)]
    [InlineData(2, 0.01)]
    public void TriesNeeded_Any_IsTheFewest(int hits, double rate)
    {
        var needed = ClopperPearson.TriesNeeded(hits, rate);
        Assert.True(ClopperPearson.UpperBound(hits, needed) <= rate);
        Assert.True(ClopperPearson.UpperBound(hits, needed - 1) > rate);
    }

    [Fact]
    public void TriesNeeded_NoHits_FollowsTheLogarithm() => Assert.Equal((int)Math.Ceiling(Math.Log(0.05) / Math.Log(1 - 0.01)), ClopperPearson.TriesNeeded(0, 0.01));
}
