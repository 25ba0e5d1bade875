using System.Text.Json.Nodes;
using GlmStudio.Engine.Text.Schemas;

namespace GlmStudio.Engine;

/// <summary>The schema of an answer to asked fields: one object with their keys in order, each value as it is printed, or null where the page does not show it.</summary>
internal static class FieldSchema
{
    private const int MostText = 200;
    private const int MostShort = 40;
    private const int MostId = 64;
    private const int MostEntries = 100;
    private const int FewestEntries = 5;
    private const int MostEntry = 80;
    private const int BytesOfACharacter = 4;
    // Free texts and lists share this many bytes, so that many fields make shorter ones and not an answer without end.
    private const int Shared = 20_000;
    private const int WeightOfAList = 8;

    private static readonly string[] YesOrNo = ["yes", "no", "Yes", "No", "YES", "NO", "是", "否", "有", "无"];

    /// <param name="fields">What is asked.</param>
    /// <param name="isCopied">Whether values of fields that stand on the page are runs of its text.</param>
    public static JsonObject Of(IReadOnlyList<AskedField> fields, bool isCopied = false)
    {
        var weight = fields.Sum(f => f.Type switch { FieldType.Text => 1, FieldType.List => WeightOfAList, _ => 0 });
        var share = Shared / Math.Max(1, weight);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)(isCopied && f.IsCopied ? Copied(f, share) : Value(f, share))))),
            ["required"] = new JsonArray([.. fields.Select(f => (JsonNode)f.Key)]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Value(AskedField field, int share) => field.Type switch
    {
        FieldType.Text => Text(Math.Min(MostText, share / BytesOfACharacter)),
        FieldType.Id => Text(MostId),
        FieldType.Number or FieldType.Money or FieldType.Phone => Text(MostShort, "[0-9０-９]"),
        FieldType.Date => Text(MostShort, "[0-9０-９〇一二三四五六七八九十]"),
        FieldType.Choice => OneOf(field.Choices),
        FieldType.YesNo => OneOf(YesOrNo),
        _ => new JsonObject
        {
            ["type"] = new JsonArray("array", "null"),
            ["maxItems"] = Math.Clamp(share * WeightOfAList / (MostEntry * BytesOfACharacter), FewestEntries, MostEntries),
            ["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = MostEntry },
        },
    };

    // Free texts may go over several lines, everything else stands on one.
    private static JsonObject Copied(AskedField field, int share)
    {
        var schema = Value(field, share);
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

    private static JsonObject Text(int most, string? pattern = null)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "null"), ["maxLength"] = most };
        if (pattern is not null) schema["pattern"] = pattern;
        return schema;
    }

    private static JsonObject OneOf(IEnumerable<string> values) => new() { ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v), null]) };
}
