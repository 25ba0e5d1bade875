using System.Globalization;
using System.Text.Json;

namespace GlmStudio.Engine.Values;

/// <summary>The named normalisations by which an answer and a label are compared. Both sides go through the same one; equal results mean "exact".</summary>
/// <remarks>Pure and culture-free. Where a text cannot be read as its type (a date that is none), the text rule applies to it.</remarks>
public static class Normaliser
{
    /// <summary>Brings a text to the form in which values of this type are compared.</summary>
    /// <param name="type">The field's type; it names the rule.</param>
    /// <param name="text">An answer or a label as it was written; null and blank both become the empty string.</param>
    /// <returns>The comparable form; never null. It is for comparing, not for showing.</returns>
    public static string Normalise(FieldType type, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        return type switch
        {
            FieldType.Date => Date(text) ?? Text(text),
            FieldType.Number or FieldType.Money => Number(text) ?? Text(text),
            FieldType.Id => Id(text),
            FieldType.Phone => Phone(text) ?? Text(text),
            FieldType.YesNo => YesNo(text) ?? Text(text),
            FieldType.List => List(text),
            _ => Text(text),
        };
    }

    /// <summary>Whether two texts mean the same value of this type.</summary>
    public static bool Same(FieldType type, string? left, string? right) =>
        string.Equals(Normalise(type, left), Normalise(type, right), StringComparison.Ordinal);

    /// <summary>Whether a text is a value of this type at all; any text is one of the types that have no form of their own, and a blank one of every type.</summary>
    public static bool Reads(FieldType type, string? text) => string.IsNullOrWhiteSpace(text) || type switch
    {
        FieldType.Date => Date(text) is not null,
        FieldType.Number or FieldType.Money => Number(text) is not null,
        FieldType.Phone => Phone(text) is not null,
        FieldType.YesNo => YesNo(text) is not null,
        _ => true,
    };

    /// <summary>The rule of a type in one English sentence, for reports and pages.</summary>
    public static string Describe(FieldType type) => type switch
    {
        FieldType.Date => "Dates in any usual order become yyyy-MM-dd: day first unless impossible or the year leads; times are ignored.",
        FieldType.Number => "Numbers become plain decimals: grouping, units and trailing zeros are ignored; Chinese numerals are read.",
        FieldType.Money => "Amounts become plain decimals: currency, grouping and trailing zeros are ignored; Chinese capital amounts are read.",
        FieldType.Id => "Width, case and spaces are ignored; every other character, hyphens included, must be the same.",
        FieldType.Phone => "Only digits and a leading + are compared.",
        FieldType.YesNo => "Yes, true, 1, 是, 有 and the like are yes; no, false, 0, 否, 无 and the like are no.",
        FieldType.List => "Entries are compared one by one in order, each by the text rule.",
        FieldType.Choice => "Compared by the text rule.",
        _ => "Width, case, kinds of quotes and dashes, repeated spaces, spaces beside punctuation or Chinese characters, and end punctuation are ignored.",
    };

    /// <summary>width → marks → case → spaces → end punctuation.</summary>
    private static string Text(string text) =>
        TextSteps.EndPunctuation(TextSteps.Spaces(TextSteps.Case(TextSteps.Marks(TextSteps.Width(text)))));

    /// <summary>width → marks → case → no spaces; hyphens stay, because in a code they are characters.</summary>
    private static string Id(string text) => TextSteps.NoSpaces(TextSteps.Case(TextSteps.Marks(TextSteps.Width(text))));

    /// <summary>All dates of the text in ISO form, joined by "/" as ISO 8601 writes an interval.</summary>
    private static string? Date(string text)
    {
        var dates = DateReading.Find(text);
        return dates.Count == 0 ? null : string.Join('/', dates.Select(d => d.Iso).Distinct());
    }

    /// <summary>The text's only number; two numbers are no number (a range, a size).</summary>
    private static string? Number(string text)
    {
        if (ChineseNumerals.TryParse(TextSteps.NoSpaces(text), out var spoken))
            return Plain(spoken);
        var numbers = NumberReading.Find(text);
        return numbers.Count == 1 && !numbers[0].InCode ? Plain(numbers[0].Value) : null;
    }

    /// <summary>A decimal without grouping and without trailing zeros: 80.90 → 80.9.</summary>
    internal static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Digits and a leading plus of each number; several numbers are joined by "/".</summary>
    private static string? Phone(string text)
    {
        var digits = string.Concat(TextSteps.Width(text).Where(c => char.IsAsciiDigit(c) || c == '+'));
        return digits.Length >= 3 ? digits : null;
    }

    private static string? YesNo(string text) => Text(text) switch
    {
        "yes" or "y" or "true" or "t" or "1" or "on" or "ja" or "oui" or "si" or "ya" or "是" or "是的" or "有" or "对" or "真" or "正确"
            or "一致" or "符合" or "已" or "√" or "✓" or "✔" or "☑" or "☒" => "yes",
        "no" or "n" or "false" or "f" or "0" or "off" or "nein" or "non" or "tidak" or "否" or "不是" or "无" or "没有" or "不" or "错" or "假"
            or "不正确" or "不一致" or "不符合" or "未" or "×" or "x" or "✗" or "✘" or "☐" => "no",
        _ => null,
    };

    private static string List(string text) => string.Join('\n', Entries(text).Select(Text).Where(e => e.Length > 0));

    /// <summary>The entries of a list as people and programs write one: a JSON array, lines, or one line with ; 、 | or commas.</summary>
    internal static IReadOnlyList<string> Entries(string text)
    {
        if (JsonEntries(text.Trim()) is { } json)
            return json;
        foreach (var separators in (string[])["\n\r", ";；|", "、"])
            if (text.AsSpan().IndexOfAny(separators) >= 0)
                return Split(text, separators);
        return text.Contains(", ", StringComparison.Ordinal) || text.Contains('，', StringComparison.Ordinal)
            ? Split(text.Replace(", ", "，", StringComparison.Ordinal), "，")
            : [text];
    }

    private static string[] Split(string text, string separators) =>
        text.Split(separators.ToCharArray(), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static List<string>? JsonEntries(string text)
    {
        if (!text.StartsWith('[') || !text.EndsWith(']'))
            return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : e.GetRawText())];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
