using System.Globalization;
using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>A date found in a line of text.</summary>
/// <param name="Year">1900 … 2100; two-digit years up to 69 are of this century.</param>
/// <param name="Month">1 … 12.</param>
/// <param name="Day">1 … 31, or null where only the month is printed.</param>
/// <param name="Start">Where it starts in the line.</param>
/// <param name="Length">How many characters it takes, without a time.</param>
/// <param name="Shape">How it was written, which says how surely it is a date.</param>
public readonly partial record struct DateReading(int Year, int Month, int? Day, int Start, int Length, DateShape Shape)
{
    private const int LongestLine = 4_000;

    /// <summary>yyyy-MM-dd, or yyyy-MM where the day is missing.</summary>
    public string Iso => Day is { } day
        ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{day:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    /// <summary>All dates of a line from left to right. Day first unless that is impossible or the year leads.</summary>
    public static IReadOnlyList<DateReading> Find(string line)
    {
        var text = TextSteps.Fold(line.Length > LongestLine ? line[..LongestLine] : line);
        List<DateReading> found = [];
        foreach (var (pattern, read) in Patterns)
            foreach (Match match in pattern.Matches(text))
                if (read(match) is { } date && !found.Exists(f => f.Start < date.Start + date.Length && date.Start < f.Start + f.Length))
                    found.Add(date);
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    /// <summary>From the surest to the vaguest; a later pattern never overlaps what an earlier one found.</summary>
    private static readonly (Regex Pattern, Func<Match, DateReading?> Read)[] Patterns =
    [
        (Era(), m => Make(m, EraYear(m.Groups[1].Value, m.Groups[2].Value), Number(m, 3), Number(m, 4), DateShape.Full)),
        (ChineseWords(), m => Make(m, Spoken(m, 1), Spoken(m, 2), Spoken(m, 3), DateShape.Full)),
        (YearFirst(), m => Make(m, Number(m, 1), Number(m, 2), Number(m, 3), DateShape.Full)),
        (DayFirst(), DayFirstOrNot),
        (DayMonthWord(), m => Make(m, Number(m, 3), MonthNames.Find(m.Groups[2].Value), Number(m, 1), ShapeOfYear(m.Groups[3]))),
        (MonthWordDay(), m => Make(m, Number(m, 3), MonthNames.Find(m.Groups[1].Value), Number(m, 2), ShapeOfYear(m.Groups[3]))),
        (YearMonthWord(), m => Make(m, Number(m, 1), MonthNames.Find(m.Groups[2].Value), Number(m, 3), DateShape.Full)),
        (CompactYearFirst(), m => Make(m, Number(m, 1), Number(m, 2), Number(m, 3), DateShape.Compact)),
        (CompactDayFirst(), m => Make(m, Number(m, 3), Number(m, 2), Number(m, 1), DateShape.Compact)),
        (MonthWordYear(), m => Make(m, Number(m, 2), MonthNames.Find(m.Groups[1].Value), null, DateShape.MonthOnly)),
        (YearMonth(), m => Make(m, Number(m, 1), Number(m, 2), null, DateShape.MonthOnly)),
        (MonthYear(), m => Make(m, Number(m, 2), Number(m, 1), null, DateShape.MonthOnly)),
    ];

    private static DateReading? DayFirstOrNot(Match m)
    {
        var (a, b, c) = (Number(m, 1), Number(m, 2), Number(m, 3));
        var shape = ShapeOfYear(m.Groups[3]);
        return Make(m, c, b, a, shape) ?? Make(m, c, a, b, shape)
            ?? (m.Groups[1].Length == 2 && shape == DateShape.ShortYear ? Make(m, a, b, c, shape) : null);
    }

    private static DateShape ShapeOfYear(Group year) => year.Length == 4 ? DateShape.Full : DateShape.ShortYear;

    private static int? Number(Match m, int group) => int.Parse(m.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int? Spoken(Match m, int group) => ChineseNumerals.TryParse(m.Groups[group].Value, out var value) ? (int)value : null;

    private static int? EraYear(string era, string year)
    {
        var count = year == "元" ? 1 : int.Parse(year, NumberStyles.None, CultureInfo.InvariantCulture);
        return count + era switch { "令和" => 2018, "平成" => 1988, "昭和" => 1925, _ => 1911 };
    }

    private static DateReading? Make(Match match, int? year, int? month, int? day, DateShape shape)
    {
        if (year is not { } y || month is not { } m)
            return null;
        if (y < 100)
            y += y < 70 ? 2000 : 1900;
        if (y is < 1900 or > 2100 || m is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(y, m))
            return null;
        return new DateReading(y, m, day, match.Index, match.Length, shape);
    }

    // A year's end: no further digit, unless a time follows whose space got lost (25/12/201813:04).
    private const string End = @"(?:(?!\d)|(?=\d{1,2}:\d{2}))";
    private const string YearPart = @"(\d{4}(?!:)" + End + @"|\d{2}" + End + ")";
    private const string Word = @"(\p{L}{3,10})";
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"(民国|民國|令和|平成|昭和) ?(\d{1,3}|元) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日?", Plain)]
    private static partial Regex Era();

    [GeneratedRegex(@"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,4})[日号]", Plain)]
    private static partial Regex ChineseWords();

    [GeneratedRegex(@"(?<!\d)(\d{4}) ?[-/.年년] ?(\d{1,2}) ?[-/.月월] ?(\d{1,2})" + End + " ?[日号號일]?", Plain)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"(?<!\d|\d[.,])(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?" + YearPart + @"(?![.,/]\d)", Plain)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?[-/., ]{0,3}(?:de )?" + Word + @"[-/.,' ]{0,3}(?:de )?" + YearPart, Plain)]
    private static partial Regex DayMonthWord();

    [GeneratedRegex(@"(?<!\p{L})" + Word + @"[-/. ]{0,2}(\d{1,2})(?:st|nd|rd|th)?[-/., ']{1,3}" + YearPart + "(?!:)", Plain)]
    private static partial Regex MonthWordDay();

    [GeneratedRegex(@"(?<!\d)(\d{4})[-/. ]{1,2}" + Word + @"[-/. ]{1,2}(\d{1,2})(?!\d)", Plain)]
    private static partial Regex YearMonthWord();

    [GeneratedRegex(@"(?<![\d.,/-])((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?(?![\d/])", Plain)]
    private static partial Regex CompactYearFirst();

    [GeneratedRegex(@"(?<![\d.,/-])(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])((?:19|20)\d{2})(?![\d/])", Plain)]
    private static partial Regex CompactDayFirst();

    [GeneratedRegex(@"(?<!\p{L})" + Word + @"[-/., ']{0,3}(\d{4})(?!\d)", Plain)]
    private static partial Regex MonthWordYear();

    [GeneratedRegex(@"(?<![\d./-])((?:19|20)\d{2}) ?[-/.年년] ?(\d{1,2})(?![\d:]|[-/.,]\d) ?[月월]?", Plain)]
    private static partial Regex YearMonth();

    [GeneratedRegex(@"(?<![\d./-])(\d{1,2})[-/.]((?:19|20)\d{2})(?![\d:]|[-/.,]\d)", Plain)]
    private static partial Regex MonthYear();
}

/// <summary>How a date was written, from the surest to the vaguest.</summary>
public enum DateShape
{
    /// <summary>Day, month and a year of four digits.</summary>
    Full,
    /// <summary>Day, month and a year of two digits.</summary>
    ShortYear,
    /// <summary>Eight digits without separators.</summary>
    Compact,
    /// <summary>Month and year only.</summary>
    MonthOnly,
}
