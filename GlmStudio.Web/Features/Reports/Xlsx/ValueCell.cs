using System.Globalization;
using System.Text.RegularExpressions;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Web.Features.Reports.Xlsx;

/// <summary>Writes a value of a field as the type it is: numbers to add up, dates to sort, codes untouched.</summary>
internal static partial class ValueCell
{
    // Excel keeps 15 digits of a number, and its calendar is wrong before March 1900.
    private const int MaxDigits = 15;
    private static readonly DateTime FirstDate = new(1900, 3, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static void Value(this SheetWriter sheet, FieldType type, string? text)
    {
        if (string.IsNullOrEmpty(text)) sheet.Skip();
        else if (type is FieldType.Id or FieldType.Phone) sheet.Text(text, CellLook.Id);
        else if (type is FieldType.Number or FieldType.Money && PlainNumber(text) is { } number) sheet.Number(number, Look(text));
        else if (type is FieldType.Date && PlainDate(text) is { } date) sheet.Date(date);
        else sheet.Text(text);
    }

    // With a currency or a unit it stays text, because dropping them would change what the page says.
    private static double? PlainNumber(string text) =>
        NumberText().IsMatch(text) && text.Count(char.IsAsciiDigit) <= MaxDigits
            ? double.Parse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static CellLook Look(string text) =>
        text.Length > 3 && text[^3] == '.' ? CellLook.Money : CellLook.Number;

    private static DateTime? PlainDate(string text) =>
        !text.Contains(':', StringComparison.Ordinal)
        && DateTime.TryParseExact(Normaliser.Normalise(FieldType.Date, text), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date >= FirstDate ? date : null;

    [GeneratedRegex(@"^-?(0|[1-9]\d{0,2}(,\d{3})+|[1-9]\d*)(\.\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberText();
}
