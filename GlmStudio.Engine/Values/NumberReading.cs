using System.Globalization;
using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>A number found in a line of text.</summary>
/// <param name="Value">The number; in brackets or with a leading or trailing minus it is negative.</param>
/// <param name="Start">Where it starts in the line, its currency and sign included.</param>
/// <param name="Length">How many characters it takes, its currency included, its unit not.</param>
/// <param name="Currency">The currency as printed (RM, ¥, 元), or null.</param>
/// <param name="Unit">What follows without a gap and is no digit (kg, %, V), or the empty string.</param>
/// <param name="Decimals">How many digits stand after the decimal mark.</param>
/// <param name="InCode">Letters, dashes or slashes tie it to a longer code (A12, 03-1234, 25/12), so it is hardly an amount.</param>
public readonly partial record struct NumberReading(
    decimal Value, int Start, int Length, string? Currency, string Unit, int Decimals, bool InCode)
{
    private const int LongestLine = 4_000;

    /// <summary>All numbers of a line from left to right, full-width digits included.</summary>
    public static IReadOnlyList<NumberReading> Find(string line)
    {
        var text = TextSteps.Fold(line.Length > LongestLine ? line[..LongestLine] : line);
        List<NumberReading> found = [];
        foreach (Match match in Digits().Matches(text))
            if (Read(text, match) is { } number)
                found.Add(number);
        return found;
    }

    private static NumberReading? Read(string text, Match match)
    {
        var end = match.Index + match.Length;
        var before = CurrencyBefore().Match(text[Math.Max(0, match.Index - 8)..match.Index]);
        var after = UnitAfter().Match(text[end..Math.Min(text.Length, end + 12)]);
        var currency = before.Groups["money"] is { Success: true } money ? money.Value : CurrencyOf(after.Value);
        var start = match.Index - before.Length;
        if (Interpret(match.Value, currency) is not { } read)
            return null;
        var multiplier = Multiplier(after.Value);
        if (read.Value > decimal.MaxValue / multiplier)
            return null;
        var value = read.Value * multiplier;
        if (IsNegative(text, start, end, before.Value))
            value = -value;
        if (currency is not null && currency == after.Value.Trim())
            end += after.Length;
        return new NumberReading(value, start, end - start, currency, currency == after.Value.Trim() ? "" : after.Value.Trim(), read.Decimals,
            IsTied(text, start, end));
    }

    /// <summary>Digits and separators → a number. The last separator is the decimal mark unless it can only be grouping.</summary>
    private static (decimal Value, int Decimals)? Interpret(string token, string? currency)
    {
        token = token.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var last = token.LastIndexOfAny(['.', ',']);
        if (last < 0)
            return Parse(token, 0);
        var groups = token.Split('.', ',');
        var tail = groups[^1].Length;
        var sameMarks = token.Where(c => c is '.' or ',').Distinct().Count() == 1;
        var grouped = groups.Skip(1).All(g => g.Length == 3) && groups[0].Length is > 0 and <= 3 && groups[0] != "0";
        var isGrouping = sameMarks && grouped && (groups.Length > 2 || token[last] == ',' || GroupsByDot(currency));
        if (isGrouping)
            return Parse(string.Concat(groups), 0);
        if (groups.Length > 2 && (groups.Skip(1).Take(groups.Length - 2).Any(g => g.Length is not (2 or 3)) || (sameMarks && tail != 2)))
            return null; // 1.2.3, 192.168.0.1
        return Parse(string.Concat(groups[..^1]) + "." + groups[^1], tail);
    }

    private static (decimal, int)? Parse(string plain, int decimals) =>
        decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? (value, decimals) : null;

    /// <summary>Where 15.000 means fifteen thousand.</summary>
    private static bool GroupsByDot(string? currency) => currency?.ToUpperInvariant() is "€" or "EUR" or "RP" or "IDR" or "VND" or "₫" or "TL" or "TRY";

    private static string? CurrencyOf(string after) => after.Trim() is { Length: > 0 } unit && CurrencyWord().IsMatch(unit) ? unit : null;

    private static decimal Multiplier(string unit) => unit.Length == 0 ? 1 : unit.TrimStart()[0] switch
    {
        '万' or '萬' => 10_000,
        '亿' or '億' => 100_000_000,
        _ => 1,
    };

    private static bool IsNegative(string text, int start, int end, string before)
    {
        if (before.Contains('-', StringComparison.Ordinal))
            return true;
        var bracketed = start > 0 && text[start - 1] == '(' && end < text.Length && text[end] == ')';
        var trailing = end < text.Length && text[end] == '-' && (end + 1 == text.Length || text[end + 1] == ' ');
        return (bracketed && text[start..end].Contains('.', StringComparison.Ordinal)) || trailing;
    }

    /// <summary>Something other than a space, a currency or an opening mark touches it on the left, or a code goes on to the right.</summary>
    private static bool IsTied(string text, int start, int end)
    {
        var left = start > 0 ? text[start - 1] : ' ';
        if (char.IsAsciiLetterOrDigit(left) || (left is '-' or '/' or '.' or '#' or '_' && start > 1 && char.IsAsciiLetterOrDigit(text[start - 2])))
            return true;
        var right = end < text.Length ? text[end] : ' ';
        return right is '-' or '/' or '_' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]);
    }

    [GeneratedRegex(@"(?<!\d)\d{1,3}(?: \d{3}){1,5},\d{2}(?!\d)|\d+(?:[.,']\d+)*(?:[.,] \d{2}(?![\d.,]))?", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?:(?<![\p{L}\d])-\s?)?(?:(?<money>(?<!\p{L})(?:RM|MYR|RMB|CNY|USD|EUR|GBP|SGD|HKD|TWD|JPY|IDR|VND|THB|INR|US\$|S\$|HK\$|NT\$|A\$|Rp|Rs)|[$€£¥₩₹₫฿])[ .]{0,2}-?)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CurrencyBefore();

    [GeneratedRegex(@"^(?:\s?(?:RM|MYR|RMB|CNY|USD|EUR|GBP|SGD|HKD|JPY|元|圆|円|원|€|£|\$|₫|฿)(?!\p{L})|[万萬亿億]?元|[%‰°℃Ωµμ]?[\p{L}%/]{0,6})", RegexOptions.CultureInvariant)]
    private static partial Regex UnitAfter();

    [GeneratedRegex(@"^(?:RM|MYR|RMB|CNY|USD|EUR|GBP|SGD|HKD|JPY|[万萬亿億]?元|圆|円|원|€|£|\$|₫|฿)$", RegexOptions.CultureInvariant)]
    private static partial Regex CurrencyWord();
}
