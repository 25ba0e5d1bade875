using System.Text;

namespace GlmStudio.Engine.Values;

/// <summary>Adds up what is known of the tokens that write a stretch of an answer.</summary>
internal static class TokenEvidence
{
    private const int LongestSecond = 32;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="tokens">The answer's tokens.</param>
    /// <param name="start">The value's first byte in the answer.</param>
    /// <param name="end">The byte behind it.</param>
    /// <param name="opening">The byte whose token decided between a value and null: a quote, a bracket, or the first of null.</param>
    /// <returns>Null where the model chose none of them.</returns>
    public static ReadingEvidence? Of(IReadOnlyList<ChosenToken> tokens, int start, int end, int opening)
    {
        var (at, count, whole, permitted) = (0, 0, 0.0, 0.0);
        ChosenToken? first = null, doubtful = null, decisive = null;
        foreach (var token in tokens)
        {
            var (from, to) = (at, at += token.Bytes.Length);
            if (token.IsForced || from == to) continue;
            if (from <= opening && opening < to) decisive = token;
            if (from >= end || to <= start) continue;
            (count, whole, permitted) = (count + 1, whole + token.LogProbability, permitted + (token.PermittedLogProbability ?? token.LogProbability));
            first ??= token;
            if (token.Margin is { } margin && !(margin >= doubtful?.Margin)) doubtful = token;
        }
        return count == 0 && decisive is null ? null : new ReadingEvidence
        {
            Tokens = count, LogProbability = whole, PermittedLogProbability = permitted, FirstEntropy = first?.Entropy ?? 0, Margin = doubtful?.Margin,
            Presence = decisive is null ? null : decisive.PermittedLogProbability ?? decisive.LogProbability, Second = doubtful is null ? null : TextOf(doubtful.SecondBytes.Span),
        };
    }

    /// <summary>Null for half a character, and for marks of the answer's form such as a closing quote.</summary>
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = Strict.GetString(bytes).Trim(' ', '"', ',', '{', '}', '[', ']', ':');
            return text.Length is 0 or > LongestSecond || text.Any(char.IsControl) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
