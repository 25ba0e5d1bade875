using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class ReliabilityTests
{
    [Fact]
    public void Auroc_PerfectOrder_IsOne() => Assert.Equal(1, Reliability.Of([new(0.9, true), new(0.8, true), new(0.3, false)]).Auroc);

    [Fact]
    public void Auroc_Ties_CountHalf()
    {
        // Pairs right–wrong: 0.9 > 0.5 (1), 0.5 = 0.5 (½), 0.9 > 0.7 (1), 0.5 < 0.7 (0): 2.5 of 4.
        Assert.Equal(2.5 / 4, Reliability.Of([new(0.9, true), new(0.5, true), new(0.5, false), new(0.7, false)]).Auroc);
    }

    [Fact]
    public void Auroc_OnlyRight_IsNotKnown() => Assert.Null(Reliability.Of([new(0.9, true), new(0.8, true)]).Auroc);

    [Fact]
    public void ExpectedError_ByHand_WeighsTheBins()
    {
        // Bin 0.9…1: mean 0.95, ⅔ right; bin 0.2…0.3: 0.25, none right.
        var found = Reliability.Of([new(0.92, true), new(0.95, true), new(0.98, false), new(0.25, false)]);
        Assert.Equal(((3 * (0.95 - (2.0 / 3))) + (1 * 0.25)) / 4, found.ExpectedError!.Value, 12);
        Assert.Equal((4, 2), (found.Cells, found.Errors));
    }

    [Fact]
    public void Bins_One_IsInTheLast() => Assert.Equal(1, Reliability.Of([new(1, true)]).Bins[^1].Cells);

    [Fact]
    public void Of_Nothing_KnowsNothing()
    {
        var found = Reliability.Of([]);
        Assert.Equal((0, null, null, null), (found.Cells, found.Auroc, found.ExpectedError, found.LogLoss));
    }
}
