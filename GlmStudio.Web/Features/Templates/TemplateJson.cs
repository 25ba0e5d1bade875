using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Templates;

/// <summary>
/// The one-file form of a template (UTF-8 JSON, at most 1 MB):
/// <code>
/// { "format": "glm-studio-template", "version": 1, "key": "receipt", "name": "Receipt", "description": "…", "instruction": "…",
///   "grounding": "pageText", "shape": "json", "confirm": false, "fields": [ { "key": "total", "label": "Total", "type": "money", "description": "…", "example": "12.00", "required": true, "choices": [], "copied": true } ] }
/// </code>
/// <c>format</c>, <c>version</c>, <c>key</c>, <c>name</c>, <c>fields</c> and a field's <c>key</c> are required. Types: text, number, money, date, id,
/// phone, choice, yesNo, list; without one it is text. Grounding: default, pageText, pictureOnly, textOnly. Shape: json, fillIn, pairs. A later form gets the next version number; readers refuse what they do not know.
/// docs/templates.md has the limits, docs/rules.md a field's <c>steps</c>.
/// </summary>
public static class TemplateJson
{
    public const string Format = "glm-studio-template";
    public const int Version = 1;
    public const int MaxBytes = 1_000_000;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Type names as they stand in the file.</summary>
    public static IReadOnlyDictionary<string, FieldType> Types { get; } =
        Enum.GetValues<FieldType>().ToDictionary(t => JsonNamingPolicy.CamelCase.ConvertName(t.ToString()), StringComparer.Ordinal);

    public static byte[] Write(TemplateDraft draft)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("key", draft.Key);
            json.WriteString("name", draft.Name);
            json.WriteString("description", draft.Description);
            json.WriteString("instruction", draft.Instruction);
            if (draft.Grounding != Grounding.ModelDefault) json.WriteString("grounding", GroundingWords.Of(draft.Grounding));
            if (draft.Shape != AnswerShape.Json) json.WriteString("shape", ShapeWords.Of(draft.Shape));
            if (draft.Confirms) json.WriteBoolean("confirm", true);
            json.WriteStartArray("fields");
            foreach (var field in draft.Fields) Write(json, field);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Field field)
    {
        json.WriteStartObject();
        json.WriteString("key", field.Key);
        json.WriteString("label", field.Label);
        json.WriteString("type", JsonNamingPolicy.CamelCase.ConvertName(field.Type.ToString()));
        if (field.Description.Length > 0) json.WriteString("description", field.Description);
        if (field.Example.Length > 0) json.WriteString("example", field.Example);
        if (field.Required) json.WriteBoolean("required", true);
        if (field.Choices.Count > 0)
        {
            json.WriteStartArray("choices");
            foreach (var choice in field.Choices) json.WriteStringValue(choice);
            json.WriteEndArray();
        }
        if (field.Copied is { } copied) json.WriteBoolean("copied", copied);
        if (field.Steps.Count > 0)
        {
            json.WriteStartArray("steps");
            foreach (var step in field.Steps) StepJson.Write(json, step);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>Reads a file that may be damaged or hostile. The draft is cleaned and keeps every rule when there are no problems.</summary>
    public static (TemplateDraft? Draft, IReadOnlyList<TemplateProblem> Problems) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxBytes) return (null, [TooLarge]);
        if (file.StartsWith("\uFEFF"u8)) file = file[3..];
        if (!System.Text.Unicode.Utf8.IsValid(file)) return (null, [new("", "The file is not UTF-8 text. Save it as UTF-8 JSON.")]);
        try
        {
            using var document = JsonDocument.Parse(file.ToArray(), new JsonDocumentOptions { MaxDepth = 8 });
            var reader = new TemplateJsonReader();
            var draft = reader.Read(document.RootElement).Clean();
            IReadOnlyList<TemplateProblem> problems = reader.Problems.Count > 0 ? reader.Problems : TemplateRules.Check(draft);
            return problems.Count > 0 ? (null, problems) : (draft, []);
        }
        catch (JsonException fault)
        {
            return (null, [new("", "The file is not valid JSON: the error is in line {0}, byte {1}.", (fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1)]);
        }
    }

    public static TemplateProblem TooLarge => new("", "The file is larger than {0} MB; a template is a few kilobytes.", MaxBytes / 1_000_000);
}
