using GlmStudio.Web.Features.Batches.Running;

namespace GlmStudio.Tests.Web.Features.Batches.Running;

public sealed class FailureRateTests
{
    [Fact]
    public void Add_FewRows_SaysNothing()
    {
        var rate = new FailureRate(50, 20);
        Assert.All(Enumerable.Range(0, 19), _ => Assert.False(rate.Add(hasFailed: true)));
        Assert.True(rate.Add(hasFailed: true));
    }

    [Fact]
    public void Add_ExactlyTheShare_GoesOnAndOneMoreStops()
    {
        var rate = new FailureRate(50, 4);
        foreach (var failed in (bool[])[false, true, false, true]) Assert.False(rate.Add(failed));
        Assert.True(rate.Add(hasFailed: true));
    }

    [Fact]
    public void Add_HundredPercent_NeverStops()
    {
        var rate = new FailureRate(100, 1);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(rate.Add(hasFailed: true)));
    }
}
