using GlmStudio.Engine;

namespace GlmStudio.Web.Domain.Journal;

/// <summary>How an answer given again compares with the one that is kept.</summary>
public enum ReplayOutcome
{
    /// <summary>The same text; with tokens, the same ones with the same log-probabilities to the last stored bit.</summary>
    BitEqual,
    /// <summary>The same tokens, but other log-probabilities.</summary>
    TokenEqual,
    /// <summary>Another answer.</summary>
    Differs,
    /// <summary>It could not be asked again under the same circumstances.</summary>
    Cannot,
}

/// <summary>The verdict of one replay.</summary>
/// <param name="Outcome">The verdict.</param>
public sealed record ReplayVerdict(ReplayOutcome Outcome)
{
    /// <summary>The first token that differs, counted from 0.</summary>
    public int? Token { get; init; }

    /// <summary>The first character that differs, where the engine has no tokens or they are not kept.</summary>
    public int? Character { get; init; }

    /// <summary>By how much, in nats, the replayed token led before the second-best one there; null where nothing else was permitted.</summary>
    public double? Margin { get; init; }

    /// <summary>The largest difference of two log-probabilities of the same token.</summary>
    public double? LargestShift { get; init; }

    /// <summary>Compares what is kept with what came now.</summary>
    /// <param name="keptText">The kept answer.</param>
    /// <param name="kept">Its tokens, where they are kept.</param>
    /// <param name="text">The answer now.</param>
    /// <param name="tokens">Its tokens; none from an engine without.</param>
    public static ReplayVerdict Of(string keptText, TokenTrail? kept, string text, IReadOnlyList<ChosenToken> tokens)
    {
        if (kept is null || tokens.Count == 0) return OfTexts(keptText, text);
        var common = Math.Min(kept.Ids.Count, tokens.Count);
        var first = Enumerable.Range(0, common).FirstOrDefault(i => kept.Ids[i] != tokens[i].Id, -1);
        if (first < 0 && kept.Count != tokens.Count) first = common;
        if (first >= 0) return new(ReplayOutcome.Differs) { Token = first, Margin = first < tokens.Count ? tokens[first].Margin : null };
        // Beyond the tokens that are kept only the text can tell.
        if (keptText != text) return OfTexts(keptText, text);
        var isSame = Enumerable.Range(0, common).All(i => BitConverter.SingleToInt32Bits(kept.LogProbabilities[i]) == BitConverter.SingleToInt32Bits((float)tokens[i].LogProbability));
        return isSame ? new(ReplayOutcome.BitEqual)
            : new(ReplayOutcome.TokenEqual) { LargestShift = Enumerable.Range(0, common).Max(i => Math.Abs(kept.LogProbabilities[i] - tokens[i].LogProbability)) };
    }

    private static ReplayVerdict OfTexts(string kept, string text)
    {
        if (kept == text) return new(ReplayOutcome.BitEqual);
        var common = kept.AsSpan().CommonPrefixLength(text);
        return new(ReplayOutcome.Differs) { Character = common };
    }
}
