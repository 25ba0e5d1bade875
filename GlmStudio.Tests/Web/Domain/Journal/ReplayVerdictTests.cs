using GlmStudio.Engine;
using GlmStudio.Web.Domain.Journal;

namespace GlmStudio.Tests.Web.Domain.Journal;

public sealed class ReplayVerdictTests
{
    private static readonly ChosenToken[] Kept = [new(5, -0.25), new(6, -0.5), new(7, -0.125)];

    [Fact]
    public void Of_SameTokensAndProbabilities_IsBitEqual() => Assert.Equal(new ReplayVerdict(ReplayOutcome.BitEqual), Verdict("abc", Kept));

    [Fact]
    public void Of_SameTokensOtherProbabilities_IsTokenEqualWithTheLargestShift()
    {
        var verdict = Verdict("abc", [new(5, -0.25), new(6, -0.75), new(7, -0.25)]);
        Assert.Equal((ReplayOutcome.TokenEqual, 0.25), (verdict.Outcome, verdict.LargestShift));
    }

    [Fact]
    public void Of_AnotherSecondToken_DiffersThereByItsMargin() =>
        Assert.Equal(new ReplayVerdict(ReplayOutcome.Differs) { Token = 1, Margin = 0.01 }, Verdict("axc", [new(5, -0.25), new(9, -0.5) { Margin = 0.01 }, new(7, -0.1)]));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    public void Of_ShorterOrLongerAnswer_DiffersWhereOneEnds(int tokens, int expected) =>
        Assert.Equal((ReplayOutcome.Differs, expected), (Verdict("x", [.. Kept.Append(new ChosenToken(8, -1)).Take(tokens)]) is var v ? v.Outcome : default, v.Token));

    [Fact]
    public void Of_EngineWithoutTokens_ComparesTheText()
    {
        Assert.Equal(new ReplayVerdict(ReplayOutcome.BitEqual), ReplayVerdict.Of("abc", null, "abc", []));
        Assert.Equal(new ReplayVerdict(ReplayOutcome.Differs) { Character = 2 }, ReplayVerdict.Of("abc", null, "abd", []));
    }

    [Fact]
    public void Of_DifferenceBeyondTheKeptTokens_IsSeenInTheText()
    {
        var many = Enumerable.Range(0, TokenTrail.MostTokens + 1).Select(i => new ChosenToken(i, -1)).ToList();
        var trail = TokenTrail.Read(TokenTrail.Of(many)!.Write());
        var verdict = ReplayVerdict.Of("kept", trail, "kepT", [.. many.SkipLast(1), new ChosenToken(1, -1)]);
        Assert.Equal((ReplayOutcome.Differs, 3), (verdict.Outcome, verdict.Character));
    }

    private static ReplayVerdict Verdict(string text, IReadOnlyList<ChosenToken> tokens) => ReplayVerdict.Of("abc", TokenTrail.Read(TokenTrail.Of(Kept)!.Write()), text, tokens);
}
