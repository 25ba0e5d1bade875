using System.Globalization;
using System.Text.RegularExpressions;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>An Excel cell as people see it: labels are compared with what stands on the page, so 12.50 is not 12.5 and 007 is not 7.</summary>
internal static partial class CellText
{
    public static string Of(object? value, string? format) => value switch
    {
        null => "",
        string text => text.Trim(),
        double number => Number(number, format),
        DateTime time => Time(time),
        TimeSpan span => span.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
        bool flag => flag ? "TRUE" : "FALSE",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Number(double number, string? format)
    {
        // Excel keeps 15 digits: the 16th and 17th are binary noise (0.1 + 0.2), and long numbers are shown in full, not as 1E+15.
        if (format is null || !PlainFormat().IsMatch(format)) return Plain(number);
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Plain(double number) => Math.Abs(number) is 0 or (>= 1e-9 and < 1e15)
        ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
        : number.ToString("G15", CultureInfo.InvariantCulture);

    private static string Time(DateTime time) =>
        // Excel's day zero: a time of day without a date.
        time.Date <= new DateTime(1899, 12, 31) ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : time.TimeOfDay == TimeSpan.Zero ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // 0, 00000, 0.00, #,##0.00, 0% mean the same to .NET as to Excel; anything with colours, currencies or conditions does not.
    [GeneratedRegex(@"^[#,]*0+(\.[0#]+)?%?$")]
    private static partial Regex PlainFormat();
}
