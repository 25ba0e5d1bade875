using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace GlmStudio.Web.Features.Reports.Xlsx;

/// <summary>Any text made fit for a cell.</summary>
internal static partial class SafeText
{
    /// <summary>Excel's limit for one cell.</summary>
    public const int MaxLength = 32_767;

    /// <summary>Ends a text that was cut.</summary>
    public const string CutMark = "… [cut]";

    /// <summary>Without characters that XML forbids, line ends as \n, at most <see cref="MaxLength"/> characters.</summary>
    public static string Clean(string text)
    {
        var clean = NeedsCleaning(text) ? Rebuild(text) : text;
        // Excel reads _x0041_ in a cell as the letter A: the first underscore is written as its own escape.
        clean = ExcelEscape().Replace(clean, "_x005F_$1");
        if (clean.Length <= MaxLength) return clean;
        var end = MaxLength - CutMark.Length;
        if (char.IsHighSurrogate(clean[end - 1])) end--;
        return string.Concat(clean.AsSpan(0, end), CutMark);
    }

    /// <summary>Spreadsheets take a text that begins like this for a formula when somebody edits or re-imports it.</summary>
    public static bool LooksLikeFormula(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];

    private static bool NeedsCleaning(string text)
    {
        foreach (var c in text)
            if (c == '\r' || char.IsSurrogate(c) || !XmlConvert.IsXmlChar(c)) return true;
        return false;
    }

    private static string Rebuild(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Half a surrogate pair comes out of the enumeration as U+FFFD.
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)) clean.Append(rune.ToString());
        return clean.ToString();
    }

    [GeneratedRegex("_(x[0-9A-Fa-f]{4}_)")]
    private static partial Regex ExcelEscape();
}
