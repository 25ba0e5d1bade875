using GlmStudio.Engine.Scheduling;

namespace GlmStudio.Tests.Engine.Scheduling;

public sealed class SequenceRoomTests
{
    private const long Mebibyte = 1 << 20;

    // Of 3,000 tokens at most, 1 KiB each; 1,000 are in the cache.
    private static readonly Sequence Running = new(2000, 1000) { Prefilled = 1000 };

    [Theory]
    [InlineData(5000, true)]
    [InlineData(4999, false)]
    public void Has_FreeMemory_HoldsTheNextOneAndWhatTheOthersWillStillTake(long freeKibibytes, bool expected) =>
        Assert.Equal(expected, new SequenceRoom(1024, () => freeKibibytes << 10).Has(new Sequence(2000, 1000), [Running]));

    [Fact]
    public void Has_NothingRuns_IsLetIn() => Assert.True(new SequenceRoom(1024, () => 0).Has(new Sequence(2000, 1000), []));

    [Fact]
    public void Has_UnknownMemory_IsLetIn() => Assert.True(new SequenceRoom(1024, () => null).Has(new Sequence(2000, 1000), [Running]));

    [Fact]
    public void Has_AsManyAsRanAlready_AreLetInWithoutAsking()
    {
        var room = new SequenceRoom(Mebibyte, () => 0);
        Assert.False(room.Has(new Sequence(1, 1), [Running]));
        room.Prove(2);
        Assert.True(room.Has(new Sequence(1, 1), [Running]));
        room.Disprove(2);
        Assert.False(room.Has(new Sequence(1, 1), [Running]));
    }
}
