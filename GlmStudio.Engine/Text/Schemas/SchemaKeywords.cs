using System.Text.Json.Nodes;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>The keywords that are enforced, and those that say nothing about the value. Every other one is refused.</summary>
internal static class SchemaKeywords
{
    /// <summary>The program's own keyword, never a caller's: a text copied from the page, one of the words below.</summary>
    public const string Copied = "$copied";

    /// <summary>A run of one line.</summary>
    public const string Line = "line";

    /// <summary>A run of lines that follow each other.</summary>
    public const string Lines = "lines";

    /// <summary>A run of one line with a digit in it.</summary>
    public const string Number = "number";

    /// <summary>A run of one line with a digit or a Chinese numeral in it.</summary>
    public const string Date = "date";

    private static readonly HashSet<string> Enforced = new(StringComparer.Ordinal)
    {
        "type", "enum", "const", "anyOf", "allOf", "$ref", "properties", "required", "additionalProperties", "prefixItems", "items", "minItems", "maxItems",
        "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    };

    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    };

    /// <summary>What a copied text must have in it.</summary>
    public static Needed NeededBy(string copied) => copied switch { Number => Needed.Digit, Date => Needed.Numeral, _ => Needed.Word };

    /// <exception cref="SchemaException">A keyword is neither enforced nor an annotation.</exception>
    public static void Check(JsonObject schema, string pointer, bool mayCopy)
    {
        foreach (var (keyword, _) in schema)
            if (!(mayCopy && keyword == Copied) && !Enforced.Contains(keyword) && !Annotations.Contains(keyword) && !(keyword == "$id" && pointer.Length == 0))
                throw new SchemaException(keyword, pointer, "this keyword is not supported; docs/grammar.md lists those that are");
    }

    /// <summary>The keywords of a schema that say something about the value.</summary>
    public static IEnumerable<string> Of(JsonObject schema) => schema.Select(p => p.Key).Where(Enforced.Contains);
}
