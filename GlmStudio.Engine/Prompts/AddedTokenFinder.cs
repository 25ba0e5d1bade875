using System.Buffers;

namespace GlmStudio.Engine.Prompts;

/// <summary>Finds added tokens in a text: leftmost first, the longest where several begin at one place.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;
    private readonly SearchValues<char> _first;

    public AddedTokenFinder(IEnumerable<AddedToken> tokens)
    {
        _byFirst = tokens.Where(t => t.Content.Length > 0).GroupBy(t => t.Content[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Content.Length).ToArray());
        _first = SearchValues.Create([.. _byFirst.Keys]);
    }

    /// <summary>The next token at or after a place: where it (with the white space it strips) begins and ends.</summary>
    public (AddedToken Token, int Start, int End)? Next(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            var step = text.AsSpan(at).IndexOfAny(_first);
            if (step < 0) return null;
            at += step;
            if (Array.Find(_byFirst[text[at]], t => Matches(text, at, t)) is not { } token) continue;
            var (start, end) = (at, at + token.Content.Length);
            while (token.StripLeft && start > from && char.IsWhiteSpace(text[start - 1])) start--;
            while (token.StripRight && end < text.Length && char.IsWhiteSpace(text[end])) end++;
            return (token, start, end);
        }
        return null;
    }

    private static bool Matches(string text, int at, AddedToken token)
    {
        if (string.CompareOrdinal(text, at, token.Content, 0, token.Content.Length) != 0) return false;
        var end = at + token.Content.Length;
        return !token.SingleWord || ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])));
    }
}
