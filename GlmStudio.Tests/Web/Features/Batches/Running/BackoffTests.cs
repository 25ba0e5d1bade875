using GlmStudio.Web.Features.Batches.Running;

namespace GlmStudio.Tests.Web.Features.Batches.Running;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 4)]
    [InlineData(3, 4, 8)]
    [InlineData(9, 5, 10)]
    public void After_EachAttempt_LiesInTheUpperHalfOfADoubledBoundedWait(int attempt, double least, double most) =>
        Assert.All(Enumerable.Range(1, 1000), row => Assert.InRange(Backoff.After(attempt, row, 2, 10).TotalSeconds, least, most));

    [Fact]
    public void After_ManyRows_IsScattered() =>
        Assert.InRange(Enumerable.Range(1, 1000).Select(row => (int)(Backoff.After(1, row, 1, 60).TotalSeconds * 100)).Distinct().Count(), 45, 51);

    [Fact]
    public void After_SameRowAndAttempt_WaitsAsLong() => Assert.Equal(Backoff.After(2, 77, 1, 60), Backoff.After(2, 77, 1, 60));
}
