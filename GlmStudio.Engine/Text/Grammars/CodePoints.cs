using System.Globalization;

namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A set of Unicode characters: ascending ranges that do not touch. Surrogates are never in it.</summary>
internal sealed class CodePoints
{
    private const int Last = 0x10FFFF;
    private const int FirstSurrogate = 0xD800, LastSurrogate = 0xDFFF;

    private static readonly Lazy<UnicodeCategory[]> Categories = new(() => [.. Enumerable.Range(0, Last + 1).Select(CharUnicodeInfo.GetUnicodeCategory)]);

    private readonly (int From, int To)[] _ranges;

    private CodePoints(IEnumerable<(int From, int To)> ranges) => _ranges = [.. Merge(ranges)];

    public static CodePoints All { get; } = new([(0, Last)]);

    public static CodePoints None { get; } = new([]);

    public IReadOnlyList<(int From, int To)> Ranges => _ranges;

    public bool IsEmpty => _ranges.Length == 0;

    public static CodePoints Of(int from, int to) => new([(from, to)]);

    /// <summary>Each character of a text.</summary>
    public static CodePoints Of(string characters) => new(characters.EnumerateRunes().Select(r => (r.Value, r.Value)));

    /// <summary>The characters of a general category, for example <c>Lu</c>, or of its group, <c>L</c>; null for a name that is neither.</summary>
    public static CodePoints? OfCategory(string name)
    {
        var wanted = Enum.GetValues<UnicodeCategory>().Where(c => ShortName(c).StartsWith(name, StringComparison.Ordinal)).ToHashSet();
        if (name.Length is not (1 or 2) || wanted.Count == 0) return null;
        var ranges = new List<(int, int)>();
        for (var (at, all) = (0, Categories.Value); at <= Last; at++)
        {
            if (!wanted.Contains(all[at])) continue;
            var from = at;
            while (at < Last && wanted.Contains(all[at + 1])) at++;
            ranges.Add((from, at));
        }
        return new CodePoints(ranges);
    }

    public static CodePoints operator |(CodePoints a, CodePoints b) => new(a._ranges.Concat(b._ranges));

    public static CodePoints operator ~(CodePoints set)
    {
        var (gaps, at) = (new List<(int, int)>(), 0);
        foreach (var (from, to) in set._ranges)
        {
            if (from > at) gaps.Add((at, from - 1));
            at = to + 1;
        }
        if (at <= Last) gaps.Add((at, Last));
        return new CodePoints(gaps);
    }

    public static CodePoints operator &(CodePoints a, CodePoints b) => ~(~a | ~b);

    public static CodePoints operator -(CodePoints a, CodePoints b) => a & ~b;

    public bool Contains(int character) => Array.Exists(_ranges, r => r.From <= character && character <= r.To);

    /// <summary>Whether every character of another set is in it.</summary>
    public bool Covers(CodePoints other) => (other - this).IsEmpty;

    private static List<(int From, int To)> Merge(IEnumerable<(int From, int To)> ranges)
    {
        var merged = new List<(int From, int To)>();
        foreach (var (from, to) in ranges.SelectMany(WithoutSurrogates).OrderBy(r => r.From))
            if (merged.Count > 0 && from <= merged[^1].To + 1) merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            else merged.Add((from, to));
        return merged;
    }

    private static IEnumerable<(int From, int To)> WithoutSurrogates((int From, int To) range)
    {
        if (range.From < FirstSurrogate && range.From <= range.To) yield return (range.From, Math.Min(range.To, FirstSurrogate - 1));
        if (range.To > LastSurrogate && range.From <= range.To) yield return (Math.Max(range.From, LastSurrogate + 1), range.To);
    }

    // Lu, Ll, … as the names of the enumeration shorten: UppercaseLetter, DecimalDigitNumber, OtherNotAssigned.
    private static string ShortName(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu", UnicodeCategory.LowercaseLetter => "Ll", UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm", UnicodeCategory.OtherLetter => "Lo", UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc", UnicodeCategory.EnclosingMark => "Me", UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl", UnicodeCategory.OtherNumber => "No", UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl", UnicodeCategory.ParagraphSeparator => "Zp", UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf", UnicodeCategory.Surrogate => "Cs", UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc", UnicodeCategory.DashPunctuation => "Pd", UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe", UnicodeCategory.InitialQuotePunctuation => "Pi", UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po", UnicodeCategory.MathSymbol => "Sm", UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk", UnicodeCategory.OtherSymbol => "So", _ => "Cn",
    };
}
