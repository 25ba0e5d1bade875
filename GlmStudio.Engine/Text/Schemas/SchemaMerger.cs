using System.Text.Json.Nodes;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>Two schemas that both hold → one. What cannot be joined without working out what both match is refused.</summary>
internal static class SchemaMerger
{
    private static readonly HashSet<string> TakeLarger = ["minLength", "minItems", "minimum", "exclusiveMinimum"];
    private static readonly HashSet<string> TakeSmaller = ["maxLength", "maxItems", "maximum", "exclusiveMaximum"];

    /// <summary>The keywords of both, without <c>allOf</c>, <c>anyOf</c> and references, which the caller has resolved.</summary>
    public static JsonObject Join(JsonObject a, JsonObject b, string pointer)
    {
        RequireOpen(a, b, pointer);
        RequireOpen(b, a, pointer);
        var joined = (JsonObject)a.DeepClone();
        foreach (var keyword in SchemaKeywords.Of(b).ToList())
        {
            var (mine, other) = (joined[keyword], b[keyword]);
            joined[keyword] = !joined.ContainsKey(keyword) || JsonNode.DeepEquals(mine, other) ? other?.DeepClone() : Both(keyword, mine, other, pointer);
        }
        return joined;
    }

    private static JsonNode Both(string keyword, JsonNode? a, JsonNode? b, string pointer) => keyword switch
    {
        "type" => Types(a, b, pointer),
        "required" => new JsonArray([.. Names(a).Union(Names(b)).Select(n => (JsonNode)n)]),
        "properties" => Properties(a, b, pointer),
        _ when TakeLarger.Contains(keyword) => JsonRange.Number(a, keyword, pointer) >= JsonRange.Number(b, keyword, pointer) ? a!.DeepClone() : b!.DeepClone(),
        _ when TakeSmaller.Contains(keyword) => JsonRange.Number(a, keyword, pointer) <= JsonRange.Number(b, keyword, pointer) ? a!.DeepClone() : b!.DeepClone(),
        _ => throw new SchemaException(keyword, pointer, "it stands in two schemas that must both hold, and they differ"),
    };

    private static JsonArray Types(JsonNode? a, JsonNode? b, string pointer)
    {
        var (first, second) = (Names(a), Names(b));
        var common = first.Intersect(second).ToList();
        // An integer is a number too.
        if ((first.Contains("integer") && second.Contains("number")) || (first.Contains("number") && second.Contains("integer"))) common.Add("integer");
        return common.Count > 0 ? new JsonArray([.. common.Distinct().Select(n => (JsonNode)n)]) : throw new SchemaException("type", pointer, "no type is in both schemas that must hold");
    }

    private static JsonObject Properties(JsonNode? a, JsonNode? b, string pointer)
    {
        var joined = (JsonObject)(a as JsonObject ?? []).DeepClone();
        foreach (var (name, schema) in b as JsonObject ?? [])
            if (!joined.ContainsKey(name)) joined[name] = schema?.DeepClone();
            else if (!JsonNode.DeepEquals(joined[name], schema)) throw new SchemaException("properties", pointer, $"\"{name}\" stands in two schemas that must both hold; only disjoint objects can be joined");
        return joined;
    }

    // additionalProperties: false knows its neighbours only: it would forbid what the other schema asks for.
    private static void RequireOpen(JsonObject closed, JsonObject other, string pointer)
    {
        if (closed["additionalProperties"] is not JsonValue value || !value.TryGetValue<bool>(out var isOpen) || isOpen) return;
        var own = closed["properties"] as JsonObject ?? [];
        if ((other["properties"] as JsonObject ?? []).FirstOrDefault(p => !own.ContainsKey(p.Key)).Key is { } foreign)
            throw new SchemaException("additionalProperties", pointer, $"false forbids \"{foreign}\", which another schema that must hold too describes; leave it out");
    }

    private static List<string> Names(JsonNode? node) =>
        node is JsonArray list ? [.. list.Select(SchemaDocument.TextOf).OfType<string>()] : SchemaDocument.TextOf(node) is { } one ? [one] : [];
}
