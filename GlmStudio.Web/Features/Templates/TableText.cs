using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Templates;

/// <summary>A lookup table as people paste it: two columns from a spreadsheet, or lines <c>from,to</c>, <c>from;to</c>, <c>from → to</c>.</summary>
internal static class TableText
{
    /// <summary>Reads lines; one more than permitted is read, so that the check can say that there are too many.</summary>
    public static IReadOnlyList<LookupEntry> Read(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(StepRules.MaxEntries + 1).Select(Entry),
    ];

    public static string Write(IReadOnlyList<LookupEntry> entries) => string.Join('\n', entries.Select(e => $"{e.From}\t{e.To}"));

    private static LookupEntry Entry(string line)
    {
        foreach (var separator in (string[])["\t", "→", "=>"])
            if (line.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at) return new(line[..at].Trim(), line[(at + separator.Length)..].Trim());
        return line.StartsWith('"') ? Quoted(line) : line.IndexOfAny([',', ';', '，', '；']) is >= 0 and var comma
            ? new(line[..comma].Trim(), Unquoted(line[(comma + 1)..].Trim())) : new(line, "");
    }

    // "from, with a comma",to — a quote inside is written twice.
    private static LookupEntry Quoted(string line)
    {
        var end = 1;
        while (end < line.Length && (line[end] != '"' || (end + 1 < line.Length && line[end + 1] == '"'))) end += line[end] == '"' ? 2 : 1;
        var from = Unquoted(line[..Math.Min(line.Length, end + 1)]);
        return new(from, Unquoted(line[Math.Min(line.Length, end + 1)..].TrimStart(' ', ',', ';', '，', '；').Trim()));
    }

    private static string Unquoted(string text) =>
        text is ['"', .., '"'] ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
}
