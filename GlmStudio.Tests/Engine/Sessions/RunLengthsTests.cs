using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class RunLengthsTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(200, 200)]
    [InlineData(201, 208)]
    [InlineData(1032, 1088)]
    [InlineData(3996, 4096)]
    [InlineData(16384, 16384)]
    public void Filled_AnyLength_IsTheNextOfAFew(int wanted, int filled) => Assert.Equal(filled, new RunLengths(worth: 0).Filled(wanted));

    [Theory]
    [InlineData(9, 16)]
    [InlineData(65, 80)]
    [InlineData(260, 320)]
    [InlineData(1000, 1024)]
    [InlineData(1025, 1088)]
    public void Filled_SmallLength_IsOneOfFewerStill(int wanted, int filled) => Assert.Equal(filled, new RunLengths(worth: 0, small: 1024).Filled(wanted));

    [Fact]
    public void Filled_AllLengths_AreFewAndNeverAnEighthMore()
    {
        var lengths = new RunLengths(worth: 0);
        int[] wanted = [.. Enumerable.Range(64, 32_000)];
        Assert.All(wanted, w => Assert.InRange(lengths.Filled(w), w, w * 9 / 8));
        Assert.InRange(wanted.Select(lengths.Filled).Distinct().Count(), 1, 150);
    }

    [Fact]
    public void Of_LengthThatComesAgain_IsItsOwnOnceAPlanIsWorthIt()
    {
        // 1,032 is filled up by 56.
        var lengths = new RunLengths(worth: 112);
        Assert.Equal([1088, 1088, 1032, 1032], Enumerable.Range(0, 4).Select(_ => lengths.Of(1032)));
        Assert.Equal(1088, lengths.Of(1033));
    }

    [Fact]
    public void Of_SeveralImagesOfARun_CountEach()
    {
        var lengths = new RunLengths(worth: 223);
        Assert.Equal([1088, 1032], Enumerable.Range(0, 2).Select(_ => lengths.Of(1032, times: 2)));
    }

    [Fact]
    public void Of_SmallLength_NeverHasAPlanOfItsOwn()
    {
        var lengths = new RunLengths(worth: 0, small: 1024);
        Assert.Equal(1024, lengths.Of(1000));
        Assert.Equal(1032, lengths.Of(1032));
    }

    [Fact]
    public void Of_MoreLengthsThanHavePlansOfTheirOwn_AreFilledUp()
    {
        var lengths = new RunLengths(worth: 0);
        for (var i = 0; i < RunLengths.Most; i++) Assert.Equal(2049 + i, lengths.Of(2049 + i));
        Assert.Equal((2049, 2176), (lengths.Of(2049), lengths.Of(2049 + RunLengths.Most)));
    }

    [Theory]
    [InlineData(90, null, true, true)]
    [InlineData(120, "1", true, true)]
    [InlineData(89, null, true, false)]
    [InlineData(null, null, true, false)]
    [InlineData(90, "0", true, false)]
    [InlineData(90, null, false, false)]
    public void ArePlanned_CardsSwitchAndLibrary_SayWhetherLengthsMatter(int? capability, string? setting, bool hasLibrary, bool planned) =>
        Assert.Equal(planned, RunLengths.ArePlanned(capability, setting, _ => hasLibrary));
}
