using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Web.Domain.Answers;

/// <summary>A model's text → one value a field. Finds the JSON object in it wherever it stands (after thinking, in a code fence, in prose, cut
/// short), or else lines such as <c>total: 12.00</c> and <c>【合计】：12.00</c>. Never throws; the work is bounded by the text's length.</summary>
public static class AnswerParser
{
    /// <summary>Longer texts are read up to here.</summary>
    public const int MaxLength = 1 << 18;

    private const int MaxObjects = 256;
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value of each field, by key; null where the answer has none. Numbers as written; arrays and objects as compact JSON.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="fields">What was asked.</param>
    /// <param name="layout">How the answer was to be written; null: as JSON.</param>
    public static IReadOnlyDictionary<string, string?> Parse(string text, IReadOnlyList<Field> fields, AnswerLayout? layout = null)
    {
        var names = new FieldNames(fields);
        var said = AfterThinking(text.Length > MaxLength ? text[..MaxLength] : text);
        // An engine with a form of its own answers in JSON, whatever the template's shape.
        var found = BestObject(said, names) is { } answer ? FromObject(answer, names)
            : layout is { Shape: not AnswerShape.Json } ? FromLines(said, fields, layout) : AnswerLines.Read(said, names);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var field in fields) values[field.Key] = found.GetValueOrDefault(field.Key) is { } value ? Tidy(value) : null;
        return values;
    }

    /// <summary>What follows a closed thinking section; the text itself where nothing follows.</summary>
    private static string AfterThinking(string text)
    {
        var end = text.LastIndexOf("</think>", StringComparison.OrdinalIgnoreCase);
        return end >= 0 && text[(end + 8)..] is var rest && !string.IsNullOrWhiteSpace(rest) ? rest : text;
    }

    /// <summary>The object that names the most fields; the last of equals, since models quote examples and drafts first.</summary>
    private static JsonObject? BestObject(string text, FieldNames names)
    {
        (JsonObject? Object, int Hits) best = (null, 0);
        var at = text.IndexOf('{', StringComparison.Ordinal);
        for (var seen = 0; at >= 0 && seen < MaxObjects; seen++)
        {
            var (tree, end) = LenientJson.ReadObject(text, at);
            foreach (var candidate in WithNested(tree))
                if (names.CountHits(candidate.Select(p => p.Key)) is var hits and > 0 && hits >= best.Hits && (hits > best.Hits || candidate == tree))
                    best = (candidate, hits);
            at = end < text.Length ? text.IndexOf('{', Math.Max(end, at + 1)) : -1;
        }
        return best.Object;
    }

    private static IEnumerable<JsonObject> WithNested(JsonObject tree)
    {
        var open = new Queue<JsonNode>([tree]);
        while (open.TryDequeue(out var node))
        {
            if (node is JsonObject found) yield return found;
            var inner = node is JsonObject pairs ? pairs.Select(p => p.Value) : node as JsonArray ?? Enumerable.Empty<JsonNode?>();
            foreach (var child in inner)
                if (child is JsonObject or JsonArray) open.Enqueue(child);
        }
    }

    private static Dictionary<string, string?> FromObject(JsonObject answer, FieldNames names)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        // Exact keys first: a field called "date" must not take what was said for "Date " of another field.
        foreach (var (name, node) in answer.OrderBy(p => names.IsKey(p.Key) ? 0 : 1))
            if (names.Find(name) is { } field && values.GetValueOrDefault(field.Key) is null) values[field.Key] = ToText(node, field);
        return values;
    }

    private static Dictionary<string, string?> FromLines(string answer, IReadOnlyList<Field> fields, AnswerLayout layout) =>
        WrittenForm.Read(answer, [.. fields.Select(f => f.ToAsked())], layout).ToDictionary(v => v.Key, v => v.Entries switch
        {
            [] => null,
            [var only] when fields.First(f => f.Key == v.Key).Type != FieldType.List => only,
            var entries => JsonSerializer.Serialize(entries, Compact),
        }, StringComparer.Ordinal);

    private static string? ToText(JsonNode? node, Field field) => node switch
    {
        null => null,
        JsonArray { Count: 0 } => null,
        JsonArray { Count: 1 } single when field.Type != FieldType.List && single[0] is JsonValue or null => ToText(single[0], field),
        JsonArray or JsonObject => node.ToJsonString(Compact),
        JsonValue value => value.TryGetValue<string>(out var text) ? text : value.ToJsonString(Compact),
        _ => null,
    };

    private static string? Tidy(string value)
    {
        var tidy = AnswerText.Storable(value).Trim();
        return tidy is "" || tidy.Equals("null", StringComparison.OrdinalIgnoreCase) ? null : tidy;
    }
}
