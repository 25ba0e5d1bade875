using System.Text.Json.Nodes;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>A whole schema, in which references are looked up.</summary>
/// <param name="root">The schema that was sent.</param>
internal sealed class SchemaDocument(JsonNode root)
{
    public JsonNode Root => root;

    /// <summary>What a reference of the same document points to.</summary>
    /// <exception cref="SchemaException">It points elsewhere, or to nothing.</exception>
    public (JsonNode Schema, string Pointer) Find(JsonNode? reference, string from)
    {
        var text = TextOf(reference) ?? throw new SchemaException("$ref", from, "it must be a text");
        if (text != "#" && !text.StartsWith("#/", StringComparison.Ordinal)) throw new SchemaException("$ref", from, $"only references within the schema (#/…) are supported, not {text}");
        JsonNode? at = root;
        var pointer = Uri.UnescapeDataString(text[1..]);
        foreach (var step in pointer.Split('/').Skip(1).Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            at = at switch
            {
                JsonObject schema => schema[step],
                JsonArray list when int.TryParse(step, out var i) && (uint)i < (uint)list.Count => list[i],
                _ => null,
            };
        return at is null ? throw new SchemaException("$ref", from, $"{text} points to nothing") : (at, pointer);
    }

    public static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A pointer one step further.</summary>
    public static string Below(string pointer, string step) => $"{pointer}/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
