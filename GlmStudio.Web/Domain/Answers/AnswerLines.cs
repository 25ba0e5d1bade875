using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using GlmStudio.Engine;

namespace GlmStudio.Web.Domain.Answers;

/// <summary>Answers without JSON: one <c>name: value</c> a line, with list marks, bold, 【】 or a table's bars around the name. A name without
/// value on its line takes the lines below it.</summary>
internal static partial class AnswerLines
{
    private const int MaxLines = 20_000;
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Dictionary<string, string?> Read(string text, FieldNames names)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        Field? open = null;
        List<string> below = [];
        foreach (var line in text.Split('\n', MaxLines).Select(l => l.Trim()))
        {
            if (FindPair(line, names) is var (field, value))
            {
                Close();
                values.TryAdd(field.Key, value.Length > 0 ? value : null);
                open = value.Length == 0 && values[field.Key] is null ? field : null;
            }
            else if (open is not null && line.Length > 0) below.Add(ListMark().Replace(line, ""));
            else if (below.Count > 0) Close();
        }
        Close();
        return values;

        void Close()
        {
            if (open is not null && below.Count > 0)
                values[open.Key] = open.Type == FieldType.List ? JsonSerializer.Serialize(below, Compact) : string.Join('\n', below);
            open = null;
            below.Clear();
        }
    }

    private static (Field Field, string Value)? FindPair(string line, FieldNames names)
    {
        var match = Pair().Match(line);
        if (!match.Success) match = TableRow().Match(line);
        return match.Success && names.Find(match.Groups["name"].Value) is { } field
            ? (field, match.Groups["value"].Value.Trim().Trim('*', '`').Trim())
            : null;
    }

    // The name ends at the first colon: values hold colons too (10:35).
    [GeneratedRegex(@"\A(?:[-*•·>#]+\s+|\d{1,3}(?:[.)]\s+|、\s*))?(?<name>[^:：\n]{1,120})[:：](?<value>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Pair();

    [GeneratedRegex(@"\A\|\s*(?<name>[^|\n]{1,120})\|(?<value>[^|]*)\|?\s*\z")]
    private static partial Regex TableRow();

    [GeneratedRegex(@"\A(?:[-*•·]\s+|\d{1,3}(?:[.)]\s+|、\s*))")]
    private static partial Regex ListMark();
}
