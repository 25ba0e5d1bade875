using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class BegunStepTests
{
    private readonly BegunStep _begun = new(4);
    private readonly SequenceTensors _first = Sequence(1, 2, 30), _third = Sequence(5, 31);

    public BegunStepTests()
    {
        _begun.Add(0, 30, 2);
        _begun.Add(2, 31, 1);
    }

    [Fact]
    public void Has_TheTokensThatWereChosen_IsTrue() => Assert.True(_begun.Has([_first, null, _third], 0, [2, 0, 1]));

    [Fact]
    public void Has_FewerSequences_IsTrue() => Assert.True(_begun.Has([_third], 2, [1]));

    [Fact]
    public void Has_AnotherToken_IsFalse() => Assert.False(_begun.Has([Sequence(1, 2, 29), null, _third], 0, [2, 0, 1]));

    [Fact]
    public void Has_AnotherPlace_IsFalse() => Assert.False(_begun.Has([Sequence(1, 2, 30, 30)], 0, [3]));

    [Fact]
    public void Has_ASequenceThatWasNotThere_IsFalse() => Assert.False(_begun.Has([_first, Sequence(7, 8)], 0, [2, 1]));

    private static SequenceTensors Sequence(params int[] ids) => new(ids, TokenPositions.Of(ids, -1, []), -1, []);
}
