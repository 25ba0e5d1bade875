using GlmStudio.Engine;
using GlmStudio.Web.Domain.Journal;

namespace GlmStudio.Tests.Web.Domain.Journal;

public sealed class TokenTrailTests
{
    [Fact]
    public void Write_ThenRead_IsTheSame()
    {
        var trail = TokenTrail.Of([new(151_551, -0.1), new(0, 0), new(300, -12.75)])!;
        var read = TokenTrail.Read(trail.Write())!;
        Assert.Equal([151_551, 0, 300], read.Ids);
        Assert.Equal([-0.1f, 0f, -12.75f], read.LogProbabilities);
        Assert.Equal(3, read.Count);
    }

    [Fact]
    public void Write_LongAnswer_StaysWithinItsBound()
    {
        var trail = TokenTrail.Of([.. Enumerable.Repeat(new ChosenToken(151_551, -1), 32_768)])!;
        Assert.Equal((32_768, TokenTrail.MostTokens), (trail.Count, trail.Ids.Count));
        Assert.InRange(trail.Write().Length, 1, TokenTrail.MostTokens * 7 + 10);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 3, 3, 1 })]
    [InlineData(new byte[] { 1, 255, 255, 255, 255, 7 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255 })]
    public void Read_BytesThatAreNoTrail_IsNull(byte[] bytes) => Assert.Null(TokenTrail.Read(bytes));

    [Fact]
    public void Of_EngineWithoutTokens_IsNull() => Assert.Null(TokenTrail.Of([]));
}
