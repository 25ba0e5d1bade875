using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Prompts;

/// <summary>Cuts a text into the words within which pairs are merged.</summary>
/// <remarks>
/// Patterns are written for whole characters; .NET matches UTF-16 halves. The pattern therefore runs over a shadow in which each character
/// beyond the basic plane is one stand-in of its own class (letter, number, other), and the cuts are carried back to the text.
/// </remarks>
internal sealed class PreTokenizer
{
    /// <summary>GPT-2's pattern: what a ByteLevel pre-tokenizer uses that has <c>use_regex</c>.</summary>
    public const string ByteLevelPattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private const char LetterStandIn = 'ꀀ', NumberStandIn = '٠', OtherStandIn = '☃';

    // NonBacktracking has no look-ahead; the time limit guards against patterns of strangers.
    private readonly Regex _regex;

    /// <exception cref="EngineException">The pattern is none.</exception>
    public PreTokenizer(string pattern)
    {
        try
        {
            _regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(5));
        }
        catch (RegexParseException fault)
        {
            throw new EngineException(EngineFault.BadCheckpoint, $"tokenizer.json: the split pattern cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The words in order; together they are the text.</summary>
    public IEnumerable<string> Split(string text)
    {
        var (shadow, starts) = Shadow(text);
        var at = 0;
        foreach (var match in _regex.EnumerateMatches(shadow).ToRanges())
        {
            if (match.Start > at) yield return Cut(at, match.Start);
            if (match.End > match.Start) yield return Cut(match.Start, match.End);
            at = match.End;
        }
        if (at < shadow.Length) yield return Cut(at, shadow.Length);

        string Cut(int from, int to) => starts is null ? text[from..to] : text[starts[from]..starts[to]];
    }

    private static (string Shadow, int[]? Starts) Shadow(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return (text, null);
        var shadow = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            starts.Add(at);
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune)));
            // A lone surrogate enumerates as the replacement character, one unit long in the text.
            at += rune.IsBmp ? 1 : 2;
        }
        starts.Add(text.Length);
        return (shadow.ToString(), [.. starts]);
    }

    private static char StandIn(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter => LetterStandIn,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => NumberStandIn,
        _ => OtherStandIn,
    };
}

internal static class MatchRanges
{
    /// <summary>Start and end of every match, taken out of the ref struct enumerator.</summary>
    public static List<(int Start, int End)> ToRanges(this Regex.ValueMatchEnumerator matches)
    {
        var ranges = new List<(int, int)>();
        foreach (var match in matches) ranges.Add((match.Index, match.Index + match.Length));
        return ranges;
    }
}
