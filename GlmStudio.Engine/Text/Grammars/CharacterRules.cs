using System.Globalization;
using System.Text;

namespace GlmStudio.Engine.Text.Grammars;

/// <summary>Characters → rules over their UTF-8 bytes, plain or as they stand between the quotes of a JSON text.</summary>
/// <param name="book">Makes the rules.</param>
/// <param name="isJson">Whether quote, backslash and control characters are escaped.</param>
internal sealed class CharacterRules(RuleBook book, bool isJson)
{
    // Escapes of two characters; other control characters are not written, and nothing else is escaped.
    private static readonly (char Character, char Letter)[] Escapes = [('"', '"'), ('\\', '\\'), ('\b', 'b'), ('\f', 'f'), ('\n', 'n'), ('\r', 'r'), ('\t', 't')];

    /// <summary>Characters a JSON text may hold as they are.</summary>
    public static CodePoints PlainInJson { get; } = ~(CodePoints.Of(0, 0x1F) | CodePoints.Of("\"\\"));

    /// <summary>Characters a JSON text may hold at all.</summary>
    public static CodePoints AllInJson { get; } = PlainInJson | CodePoints.Of(string.Concat(Escapes.Select(e => e.Character)));

    public static bool IsPlainInJson(int character) => character >= ' ' && character is not ('"' or '\\');

    public bool IsJson => isJson;

    /// <summary>One character of a set.</summary>
    public Rule One(CodePoints set)
    {
        if (!isJson) return Plain(set);
        var escaped = Escapes.Where(e => set.Contains(e.Character)).Select(e => book.Byte(ByteSet.Of((byte)e.Letter))).ToList();
        return book.Choice(Plain(set & PlainInJson), book.Sequence(book.Byte(ByteSet.Of((byte)'\\')), book.Choice(escaped)));
    }

    /// <summary>Exactly this text.</summary>
    public Rule Text(string text) => book.Text(isJson ? JsonText(text) : text);

    /// <summary>A text as it is written between quotes.</summary>
    public static string JsonText(string text)
    {
        var json = new StringBuilder(text.Length);
        foreach (var character in text)
            if (Array.Find(Escapes, e => e.Character == character) is { Letter: not '\0' } escape) json.Append('\\').Append(escape.Letter);
            else if (character < ' ') json.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else json.Append(character);
        return json.ToString();
    }

    private Rule Plain(CodePoints set)
    {
        var paths = set.Ranges.SelectMany(r => Paths(r.From, r.To)).ToList();
        return Tree(paths, 0);
    }

    // Paths are sorted; those that begin with the same bytes share them.
    private Rule Tree(List<ByteRange[]> paths, int depth)
    {
        var options = new List<Rule>();
        foreach (var group in paths.GroupBy(p => p[depth]))
        {
            var rest = group.Where(p => p.Length > depth + 1).ToList();
            options.Add(book.Sequence(book.Byte(ByteSet.Range(group.Key.From, group.Key.To)), rest.Count == 0 ? Rules.End : Tree(rest, depth + 1)));
        }
        return book.Choice(options);
    }

    /// <summary>A range of characters as ranges of bytes: cut where the number of bytes changes, then where a leading byte's followers are not all of them.</summary>
    private static IEnumerable<ByteRange[]> Paths(int from, int to)
    {
        foreach (var last in (int[])[0x7F, 0x7FF, 0xFFFF])
            if (from <= last && last < to) return Paths(from, last).Concat(Paths(last + 1, to));
        for (var bits = 6; bits <= 18 && from > 0x7F; bits += 6)
        {
            var low = (1 << bits) - 1;
            if ((from & ~low) == (to & ~low)) continue;
            if ((from & low) != 0) return Paths(from, from | low).Concat(Paths((from | low) + 1, to));
            if ((to & low) != low) return Paths(from, (to & ~low) - 1).Concat(Paths(to & ~low, to));
        }
        var (first, end) = (Utf8(from), Utf8(to));
        return [[.. first.Zip(end, (a, b) => new ByteRange(a, b))]];
    }

    private static byte[] Utf8(int character) => Encoding.UTF8.GetBytes(char.ConvertFromUtf32(character));

    private readonly record struct ByteRange(byte From, byte To);
}
