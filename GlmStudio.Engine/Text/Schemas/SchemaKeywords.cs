using System.Text.Json.Nodes;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>The keywords that are enforced, and those that say nothing about the value. Every other one is refused.</summary>
internal static class SchemaKeywords
{
    private static readonly HashSet<string> Enforced = new(StringComparer.Ordinal)
    {
        "type", "enum", "const", "anyOf", "allOf", "$ref", "properties", "required", "additionalProperties", "prefixItems", "items", "minItems", "maxItems",
        "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    };

    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    };

    /// <exception cref="SchemaException">A keyword is neither enforced nor an annotation.</exception>
    public static void Check(JsonObject schema, string pointer)
    {
        foreach (var (keyword, _) in schema)
            if (!Enforced.Contains(keyword) && !Annotations.Contains(keyword) && !(keyword == "$id" && pointer.Length == 0))
                throw new SchemaException(keyword, pointer, "this keyword is not supported; docs/grammar.md lists those that are");
    }

    /// <summary>The keywords of a schema that say something about the value.</summary>
    public static IEnumerable<string> Of(JsonObject schema) => schema.Select(p => p.Key).Where(Enforced.Contains);
}
