using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>Says whether a value is one that a schema allows, by reading the schema again and knowing nothing of grammars: the second opinion on every answer.</summary>
/// <param name="root">The whole schema, in which references are looked up.</param>
internal sealed class SchemaValidator(JsonNode root)
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    private readonly SchemaDocument _document = new(root);

    /// <summary>Whether a text is JSON of a value the whole schema allows.</summary>
    public bool AcceptsText(string text)
    {
        try
        {
            return Accepts(root, JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public bool Accepts(JsonNode? schema, JsonNode? value)
    {
        if (schema is JsonValue flag) return flag.TryGetValue<bool>(out var isAny) && isAny;
        if (schema is not JsonObject keywords) return false;
        foreach (var (keyword, argument) in keywords)
            if (!Holds(keyword, argument, keywords, value)) return false;
        return true;
    }

    private bool Holds(string keyword, JsonNode? argument, JsonObject schema, JsonNode? value) => keyword switch
    {
        "$ref" => Accepts(_document.Find(argument, "").Schema, value),
        "allOf" => ListOf(argument).All(s => Accepts(s, value)),
        "anyOf" => ListOf(argument).Any(s => Accepts(s, value)),
        "enum" => ListOf(argument).Any(v => Same(v, value)),
        "const" => Same(argument, value),
        "type" => (argument as JsonArray ?? [argument?.DeepClone()]).Any(t => IsOfType(TextOf(t), value)),
        "properties" or "required" or "additionalProperties" => value is not JsonObject pairs || ObjectHolds(keyword, argument, schema, pairs),
        "prefixItems" or "items" or "minItems" or "maxItems" => value is not JsonArray list || ArrayHolds(keyword, argument, schema, list),
        "minLength" or "maxLength" or "pattern" or "format" => SchemaDocument.TextOf(value) is not { } text || TextHolds(keyword, argument!, text),
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => !IsNumber(value) || NumberHolds(keyword, Decimal(argument!), Decimal(value!)),
        _ => true,
    };

    private bool ObjectHolds(string keyword, JsonNode? argument, JsonObject schema, JsonObject pairs) => keyword switch
    {
        "properties" => ObjectOf(argument).All(p => !pairs.ContainsKey(p.Key) || Accepts(p.Value, pairs[p.Key])),
        "required" => ListOf(argument).All(n => pairs.ContainsKey(TextOf(n))),
        _ => pairs.All(p => (schema["properties"] as JsonObject)?.ContainsKey(p.Key) == true || Accepts(argument, p.Value)),
    };

    private bool ArrayHolds(string keyword, JsonNode? argument, JsonObject schema, JsonArray list) => keyword switch
    {
        "prefixItems" => list.Zip(ListOf(argument)).All(p => Accepts(p.Second, p.First)),
        "items" => list.Skip((schema["prefixItems"] as JsonArray)?.Count ?? 0).All(v => Accepts(argument, v)),
        "minItems" => list.Count >= Decimal(argument!),
        _ => list.Count <= Decimal(argument!),
    };

    private static bool TextHolds(string keyword, JsonNode argument, string text) => keyword switch
    {
        "minLength" => text.EnumerateRunes().Count() >= Decimal(argument),
        "maxLength" => text.EnumerateRunes().Count() <= Decimal(argument),
        "pattern" => Regex.IsMatch(text, TextOf(argument), RegexOptions.CultureInvariant, PatternTime),
        _ => IsOfFormat(TextOf(argument), text),
    };

    private static bool IsOfFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.Length > 19 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => text.Length > 8 && DateTimeOffset.TryParse($"2000-01-01T{text}", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" => text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && System.Net.Mail.MailAddress.TryCreate(text, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        _ => true,
    };

    private static bool NumberHolds(string keyword, decimal bound, decimal value) => keyword switch
    {
        "minimum" => value >= bound,
        "maximum" => value <= bound,
        "exclusiveMinimum" => value > bound,
        _ => value < bound,
    };

    private static bool IsOfType(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => IsNumber(value),
        _ => IsNumber(value) && Decimal(value!) is var number && number == Math.Floor(number),
    };

    private static bool Same(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (JsonArray x, JsonArray y) => x.Count == y.Count && x.Zip(y).All(p => Same(p.First, p.Second)),
        (JsonObject x, JsonObject y) => x.Count == y.Count && x.All(p => y.ContainsKey(p.Key) && Same(p.Value, y[p.Key])),
        _ => IsNumber(a) && IsNumber(b) ? Decimal(a!) == Decimal(b!) : JsonNode.DeepEquals(a, b),
    };

    private static JsonArray ListOf(JsonNode? node) => node as JsonArray ?? throw new InvalidOperationException("it must be a list");

    private static JsonObject ObjectOf(JsonNode? node) => node as JsonObject ?? throw new InvalidOperationException("it must be an object");

    private static string TextOf(JsonNode? node) => SchemaDocument.TextOf(node) ?? throw new InvalidOperationException("it must be a text");

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number;

    private static decimal Decimal(JsonNode value) => JsonRange.Number(value, "number", "");
}
