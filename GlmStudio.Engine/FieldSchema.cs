using System.Text.Json.Nodes;

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

    public static JsonObject Of(IReadOnlyList<AskedField> fields)
    {
        var weight = fields.Sum(f => f.Type switch { FieldType.Text => 1, FieldType.List => WeightOfAList, _ => 0 });
        var share = Shared / Math.Max(1, weight);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)Value(f, share)))),
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

    private static JsonObject Text(int most, string? pattern = null)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "null"), ["maxLength"] = most };
        if (pattern is not null) schema["pattern"] = pattern;
        return schema;
    }

    private static JsonObject OneOf(IEnumerable<string> values) => new() { ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v), null]) };
}
