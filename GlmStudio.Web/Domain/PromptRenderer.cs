using System.Globalization;
using System.Text;
using GlmStudio.Engine;

namespace GlmStudio.Web.Domain;

/// <summary>
/// The exact text sent to a model for a template version; the same version always gives the same text. Four parts, one blank line between them:
/// <list type="number">
/// <item>the instruction as written, or one default sentence;</item>
/// <item>one numbered line a field: <c>"key" (label): type, required. description Example: example</c>;</item>
/// <item>the answer form in words: one JSON object, these keys in this order, values as printed, null when not on the page;</item>
/// <item>the empty JSON object, because small models follow a form better than a rule.</item>
/// </list>
/// Other shapes of the answer name the fields by their labels and end with the empty form, or with one line for a pair.
/// The words are Chinese when the instruction, or most labels, hold Chinese characters, and English otherwise.
/// Without fields the text is the instruction alone.
/// </summary>
public static class PromptRenderer
{
    public static string Render(TemplateVersion version)
    {
        var words = IsChinese(version) ? PromptWords.Chinese : PromptWords.English;
        var instruction = version.Instruction.ReplaceLineEndings("\n").Trim();
        List<Field> fields = [.. version.ReadFields];
        if (fields.Count == 0) return instruction;

        var text = new StringBuilder();
        text.Append(instruction.Length > 0 ? instruction : words.Instruction).Append("\n\n").Append(words.Fields).Append('\n');
        for (var i = 0; i < fields.Count; i++) AppendField(text, i + 1, fields[i], words, version.Shape);
        var shape = words.Shapes[version.Shape];
        text.Append('\n').Append(shape.Answer);
        if (fields.Exists(f => f.Type == FieldType.List)) text.Append(shape.ListAnswer);
        return text.Append('\n').Append(Form(version, fields, words)).ToString();
    }

    /// <summary>How the answers to a version are written.</summary>
    public static AnswerLayout LayoutOf(TemplateVersion version) => new(version.Shape, IsChinese(version));

    /// <summary>Whether the prompt is worded in Chinese.</summary>
    public static bool IsChinese(TemplateVersion version) =>
        HasIdeograph(version.Instruction) || version.Fields.Count(f => HasIdeograph(f.Label)) * 2 > version.Fields.Count;

    private static void AppendField(StringBuilder text, int number, Field field, PromptWords words, AnswerShape shape)
    {
        text.Append(number.ToString(CultureInfo.InvariantCulture)).Append(". ").Append(shape == AnswerShape.Json ? Quote(field.Key) : OneLine(field.Label));
        if (shape == AnswerShape.Json && !string.Equals(field.Label, field.Key, StringComparison.OrdinalIgnoreCase))
            text.Append(words.OpenLabel).Append(OneLine(field.Label)).Append(words.CloseLabel);
        text.Append(words.Colon).Append(words.Types[field.Type]);
        if (field.Type == FieldType.Choice) text.Append(string.Join(words.Separator, field.Choices.Select(Quote)));
        if (field.Required) text.Append(words.Required);
        text.Append(words.Stop);
        if (OneLine(field.Description) is { Length: > 0 } description)
            text.Append(words.Gap).Append(description).Append(EndsSentence(description) ? "" : words.Stop);
        if (OneLine(field.Example) is { Length: > 0 } example) text.Append(words.Gap).Append(words.Example).Append(example);
        text.Append('\n');
    }

    private static string Form(TemplateVersion version, List<Field> fields, PromptWords words) => version.Shape switch
    {
        AnswerShape.FillIn => string.Join('\n', fields.Select(f => LayoutOf(version).Head(f.Label).TrimEnd())),
        AnswerShape.Pairs => words.Pair,
        _ => JsonForm(fields),
    };

    private static string JsonForm(List<Field> fields) =>
        "{\n" + string.Join(",\n", fields.Select(f => $"    {Quote(f.Key)}: {(f.Type == FieldType.List ? "[\"\"]" : "\"\"")}")) + "\n}";

    /// <summary>A JSON string as a person types it: the framework's encoders write <c>\u</c> escapes for rare ideographs and emoji.</summary>
    private static string Quote(string text) =>
        $"\"{OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A field is one line of the prompt: line breaks and runs of spaces become one space.</summary>
    private static string OneLine(string text) => AnswerLayout.OneLine(text);

    private static bool EndsSentence(string text) => ".!?…。！？；;：:".Contains(text[^1], StringComparison.Ordinal);

    private static bool HasIdeograph(string text) => text.EnumerateRunes().Any(r => r.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x323AF));
}
