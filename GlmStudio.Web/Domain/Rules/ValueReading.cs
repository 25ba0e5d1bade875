using System.Globalization;
using System.Text.RegularExpressions;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>A value read as a number or a date, by the rules under which answers are compared.</summary>
internal static partial class ValueReading
{
    /// <summary>The text's only number with what stands beside it as unit or currency; null where there is none or more than one.</summary>
    public static (decimal Value, string Unit)? Number(string text)
    {
        var found = NumberReading.Find(text);
        if (found is [{ InCode: false } only]) return (only.Value, only.Currency ?? UnitOf(text, only));
        // Chinese numerals have no digits: 壹佰贰拾元整.
        return found.Count == 0 && decimal.TryParse(Normaliser.Normalise(FieldType.Money, text), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var spoken) ? (spoken, "") : null;
    }

    /// <summary>The dates of a text, each once.</summary>
    public static List<DateReading> Dates(string text) => [.. DateReading.Find(text).DistinctBy(d => d.Iso)];

    /// <summary>The text's only date, day first; the month's first day where no day is printed.</summary>
    public static DateOnly? Date(string text) => Dates(text) is [var only] ? new DateOnly(only.Year, only.Month, only.Day ?? 1) : null;

    /// <summary>Whether day and month could be exchanged: 03/04/2026, not 13/04/2026 and not 2026/04/03.</summary>
    public static bool IsAmbiguous(string text, DateReading date) =>
        date.Day is { } day and <= 12 && day != date.Month && DayAndMonth().IsMatch(text.AsSpan(date.Start, date.Length));

    public static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Directly behind the number, or, where nothing else follows, behind a blank: 12.5 kg.</summary>
    private static string UnitOf(string text, NumberReading number) =>
        number.Unit.Length > 0 ? number.Unit : WordBehind().Match(text[(number.Start + number.Length)..]).Groups[1].Value;

    [GeneratedRegex(@"^\s{0,3}([%‰°℃]?[\p{L}%/]{0,8}[²³]?)\s*$")]
    private static partial Regex WordBehind();

    [GeneratedRegex(@"^\W*\d{1,2}\W{0,3}\d{1,2}\W{0,3}(?:\d{2}|\d{4})\W*$")]
    private static partial Regex DayAndMonth();
}
