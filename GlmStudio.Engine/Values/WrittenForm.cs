using System.Text;

namespace GlmStudio.Engine.Values;

/// <summary>A value as an answer writes it.</summary>
/// <param name="Key">The field's key.</param>
/// <param name="Entries">The value, or the entries of a list; empty where the answer says that the page does not show it.</param>
/// <param name="Start">First byte of the answer in UTF-8 that belongs to it.</param>
/// <param name="End">The byte behind it.</param>
public sealed record WrittenValue(string Key, IReadOnlyList<string> Entries, int Start, int End);

/// <summary>Reads answers in lines: the fill-in form, and lists of pairs. What is not of the shape is passed over.</summary>
public static class WrittenForm
{
    /// <summary>The values that an answer writes, in its order.</summary>
    /// <param name="answer">The answer's text.</param>
    /// <param name="fields">What was asked.</param>
    /// <param name="layout">How it is written.</param>
    public static IReadOnlyList<WrittenValue> Read(string answer, IReadOnlyList<AskedField> fields, AnswerLayout layout)
    {
        if (layout.Shape == AnswerShape.Pairs) return fields is [var list, ..] ? Pairs(answer, list.Key, layout) : [];
        var (found, start) = (new List<WrittenValue>(), 0);
        foreach (var line in answer.Split('\n'))
        {
            var length = Encoding.UTF8.GetByteCount(line);
            if (fields.FirstOrDefault(f => line.StartsWith(layout.Head(f.Label), StringComparison.Ordinal)) is { } field && found.TrueForAll(v => v.Key != field.Key))
            {
                var head = layout.Head(field.Label);
                found.Add(new WrittenValue(field.Key, EntriesOf(field, line[head.Length..].Trim(), layout), start + Encoding.UTF8.GetByteCount(head), start + length));
            }
            start += length + 1;
        }
        return found;
    }

    private static string[] EntriesOf(AskedField field, string value, AnswerLayout layout) =>
        value.Length == 0 || value == layout.Absent ? []
        : field.Type == FieldType.List ? value.Split([';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [value];

    private static WrittenValue[] Pairs(string answer, string key, AnswerLayout layout)
    {
        var lines = answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines is [var only] && only == layout.Absent) return [new WrittenValue(key, [], 0, Encoding.UTF8.GetByteCount(answer))];
        string[] pairs = [.. lines.Where(l => l.IndexOfAny([':', '：']) > 0)];
        return pairs.Length == 0 ? [] : [new WrittenValue(key, pairs, 0, Encoding.UTF8.GetByteCount(answer))];
    }
}
