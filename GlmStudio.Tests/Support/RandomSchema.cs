using System.Text.Json.Nodes;

namespace GlmStudio.Tests.Support;

/// <summary>Random schemas of the supported keywords, small enough that an answer fits a small context.</summary>
internal static class RandomSchema
{
    private static readonly string[] Patterns = ["^[A-Z]{2}\\d{4}$", "^[^<>]*$", "店|店铺", "^(a|bc){1,3}$", "^\\S+@\\S+$"];
    private static readonly string[] Names = ["total", "店名", "a\"b", "\",", "{", "😀", "date", "n\n", "x y", ""];

    public static JsonObject Of(Random random, int depth = 2) => random.Next(depth > 0 ? 10 : 7) switch
    {
        0 => new JsonObject { ["type"] = "integer", ["minimum"] = random.Next(-50, 50), ["maximum"] = random.Next(50, 2000) },
        1 => new JsonObject { ["type"] = new JsonArray("number", "null"), ["exclusiveMinimum"] = random.Next(-9, 0) + 0.25, ["maximum"] = random.Next(0, 9) + 0.5 },
        2 => new JsonObject { ["type"] = "string", ["maxLength"] = random.Next(0, 12) },
        3 => new JsonObject { ["type"] = "string", ["minLength"] = random.Next(0, 4), ["maxLength"] = random.Next(6, 12), ["pattern"] = Patterns[random.Next(Patterns.Length)] },
        4 => new JsonObject { ["type"] = "string", ["format"] = ((string[])["date", "uuid", "time"])[random.Next(3)] },
        5 => new JsonObject { ["enum"] = new JsonArray("是", "否", 1.5, null, "a\\b", true) },
        6 => new JsonObject { ["type"] = "boolean" },
        7 => new JsonObject { ["type"] = "array", ["items"] = Of(random, depth - 1), ["minItems"] = random.Next(2), ["maxItems"] = random.Next(1, 4) },
        8 => new JsonObject { ["anyOf"] = new JsonArray(Of(random, depth - 1), Of(random, depth - 1)) },
        _ => Object(random, depth - 1),
    };

    public static JsonObject Object(Random random, int depth)
    {
        var names = Names.OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToList();
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(names.Select(n => KeyValuePair.Create(n, (JsonNode?)Of(random, depth)))),
            ["required"] = new JsonArray([.. names.Where(_ => random.Next(3) > 0).Select(n => (JsonNode)n)]),
            ["additionalProperties"] = false,
        };
    }
}
