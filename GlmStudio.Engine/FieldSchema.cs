using System.Text.Json.Nodes;
using GlmStudio.Engine.Text.Schemas;

namespace GlmStudio.Engine;

/// <summary>The schema of an answer to asked fields: one object with their keys in order, each value as it is printed, or null where the page does not show it.</summary>
internal static class FieldSchema
{
    /// <param name="fields">What is asked.</param>
    /// <param name="isCopied">Whether values of fields that stand on the page are runs of its text.</param>
    public static JsonObject Of(IReadOnlyList<AskedField> fields, bool isCopied = false)
    {
        var limits = new FieldLimits(fields);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)(isCopied && f.IsCopied ? Copied(f, limits) : Value(f, limits))))),
            ["required"] = new JsonArray([.. fields.Select(f => (JsonNode)f.Key)]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Value(AskedField field, FieldLimits limits) => field.Type switch
    {
        FieldType.Choice => OneOf(field.Choices),
        FieldType.YesNo => OneOf(FieldLimits.YesOrNo),
        FieldType.List => new JsonObject
        {
            ["type"] = new JsonArray("array", "null"),
            ["maxItems"] = limits.Entries,
            ["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = FieldLimits.MostEntry },
        },
        _ => Text(limits.Characters(field), FieldLimits.Pattern(field.Type)),
    };

    // Free texts may go over several lines, everything else stands on one.
    private static JsonObject Copied(AskedField field, FieldLimits limits)
    {
        var schema = Value(field, limits);
        var text = field.Type == FieldType.List ? schema["items"]!.AsObject() : schema;
        text.Remove("pattern");
        text[SchemaKeywords.Copied] = field.Type switch
        {
            FieldType.Text => SchemaKeywords.Lines,
            FieldType.Number or FieldType.Money or FieldType.Phone => SchemaKeywords.Number,
            FieldType.Date => SchemaKeywords.Date,
            _ => SchemaKeywords.Line,
        };
        return schema;
    }

    private static JsonObject Text(int most, string? pattern)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "null"), ["maxLength"] = most };
        if (pattern is not null) schema["pattern"] = pattern;
        return schema;
    }

    private static JsonObject OneOf(IEnumerable<string> values) => new() { ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v), null]) };
}
