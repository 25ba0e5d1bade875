using System.Text.Json.Nodes;
using GlmStudio.Engine;
using GlmStudio.Engine.Text.Schemas;
using GlmStudio.Tests.Engine.Text.Grammars;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine.Text.Schemas;

/// <summary>The JSON Schema Test Suite's cases of the supported keywords (from npm), with the stored list of what is refused and of what is valid but not written.</summary>
public sealed class SchemaSuiteTests
{
    private static readonly string Cases = Repository.At("GlmStudio.Tests/node_modules/json-schema-test-suite/tests/draft4");
    private static readonly JsonObject Stored = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures/Schemas/suite.json")))!;

    public static TheoryData<string> Files => new("additionalProperties", "allOf", "anyOf", "enum", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength",
        "minimum", "pattern", "properties", "ref", "required", "type");

    [Theory]
    [MemberData(nameof(Files))]
    public void Cases_OfASupportedKeyword_AreAsStored(string file)
    {
        var (refused, unwritten, wrong) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var group in JsonNode.Parse(File.ReadAllText(Path.Combine(Cases, $"{file}.json")))!.AsArray())
        {
            var schema = group!["schema"]!;
            var name = $"{file}: {group["description"]}";
            if (Compile(schema) is not { } form)
            {
                refused.Add(name);
                continue;
            }
            foreach (var test in group["tests"]!.AsArray())
            {
                var (data, isValid) = (InOrder(test!["data"], schema), test["valid"]!.GetValue<bool>());
                var isWritten = form.Grammar.Matches(JsonRules.Written(data));
                if (new SchemaValidator(schema).Accepts(schema, test["data"]) != isValid || (isWritten && !isValid)) wrong.Add($"{name}: {test["description"]}");
                if (isValid && !isWritten) unwritten.Add($"{name}: {test["description"]}");
            }
        }
        Assert.Empty(wrong);
        Assert.Equal(Listed("refused", file), refused.Order(StringComparer.Ordinal));
        Assert.Equal(Listed("valid but not written", file), unwritten.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Listed(string list, string file) =>
        Stored[list]!.AsArray().Select(n => n!.GetValue<string>()).Where(n => n.StartsWith($"{file}: ", StringComparison.Ordinal));

    // The grammar writes properties in the schema's order, the cases in any.
    private static JsonNode? InOrder(JsonNode? data, JsonNode schema) => data is JsonObject pairs && schema["properties"] is JsonObject properties
        ? new JsonObject(properties.Select(p => p.Key).Where(pairs.ContainsKey).Concat(pairs.Select(p => p.Key)).Distinct().Select(k => KeyValuePair.Create(k, pairs[k]?.DeepClone())))
        : data;

    private static AnswerForm? Compile(JsonNode schema)
    {
        try
        {
            return AnswerForm.OfSchema(schema.ToJsonString());
        }
        catch (EngineException)
        {
            return null;
        }
    }
}
