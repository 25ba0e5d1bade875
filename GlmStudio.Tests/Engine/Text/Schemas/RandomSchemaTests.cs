using System.Text;
using GlmStudio.Engine;
using GlmStudio.Engine.Text.Schemas;
using GlmStudio.Tests.Support;
using NJsonSchema;

namespace GlmStudio.Tests.Engine.Text.Schemas;

/// <summary>What the grammar accepts, checked against an independent validator: random schemas, random documents of theirs, and documents slightly changed.</summary>
public sealed class RandomSchemaTests
{
    // Times with zones are read differently there; the pattern of times has tests of its own.
    private static readonly HashSet<string> ReadDifferently = ["TimeExpected"];

    [Fact]
    public async Task Grammar_RandomDocuments_AreValidForNJsonSchema()
    {
        var random = new Random(7);
        var (accepted, changed) = (0, 0);
        for (var i = 0; i < 250; i++)
        {
            var schema = RandomSchema.Object(random, 2);
            var form = AnswerForm.OfSchema(schema.ToJsonString());
            var judge = await JsonSchema.FromJsonAsync(schema.ToJsonString(), TestContext.Current.CancellationToken);
            for (var j = 0; j < 8; j++)
            {
                var document = Engine.Text.Grammars.Grammars.Walk(form.Grammar, random);
                if (j % 2 == 1) Change(document, random);
                if (!form.Grammar.Matches(document)) continue;
                var text = Encoding.UTF8.GetString(document);
                // Lengths are counted in units of UTF-16 there; the one emoji is a name.
                if (text.Replace("😀", "", StringComparison.Ordinal).Any(char.IsSurrogate)) continue;
                (accepted, changed) = (accepted + 1, changed + j % 2);
                var faults = judge.Validate(text).Where(f => !ReadDifferently.Contains(f.Kind.ToString())).ToList();
                Assert.True(faults.Count == 0, $"{schema.ToJsonString()}\n{text}\n{string.Join("; ", faults)}");
                Assert.True(new SchemaValidator(schema).AcceptsText(text), text);
            }
        }
        Assert.True(accepted > 500 && changed > 30, $"{accepted} accepted, {changed} of them changed");
    }

    // A random tree of keywords and values either compiles within the budget or is refused; nothing else may happen.
    [Fact]
    public void OfSchema_RandomKeywords_CompilesOrIsRefused()
    {
        var random = new Random(13);
        var compiled = 0;
        for (var i = 0; i < 1500; i++)
        {
            var schema = Node(random, 4);
            try
            {
                var form = AnswerForm.OfSchema(schema);
                compiled++;
                var text = Encoding.UTF8.GetString(Engine.Text.Grammars.Grammars.Walk(form.Grammar, random, endChance: 0.6));
                Assert.True(form.Accepts(text), $"{schema}\n{text}");
            }
            catch (EngineException fault)
            {
                Assert.Equal(EngineFault.BadRequest, fault.Fault);
            }
        }
        Assert.InRange(compiled, 50, 1450);
    }

    private static void Change(byte[] document, Random random)
    {
        if (document.Length == 0) return;
        document[random.Next(document.Length)] = (byte)"0123456789\"{}[],: aZ-.\\ntrue"[random.Next(28)];
    }

    private static string Node(Random random, int depth)
    {
        string[] keywords = ["type", "properties", "items", "prefixItems", "anyOf", "allOf", "enum", "const", "required", "maxLength", "minLength", "pattern", "minimum", "maximum",
            "exclusiveMinimum", "maxItems", "minItems", "additionalProperties", "$ref", "format", "title", "not"];
        var pairs = Enumerable.Range(0, random.Next(4)).Select(_ => keywords[random.Next(keywords.Length)]).Distinct().Select(k => $"\"{k}\":{Argument(k, random, depth - 1)}");
        return random.Next(8) == 0 ? "true" : $"{{{string.Join(',', pairs)}}}";
    }

    private static string Argument(string keyword, Random random, int depth)
    {
        string Sub() => depth <= 0 ? "{\"type\":\"integer\"}" : Node(random, depth);
        if (random.Next(25) == 0) return ((string[])["null", "\"x\"", "-3", "[]", "{}", "1e400"])[random.Next(6)];
        return keyword switch
        {
            "type" => ((string[])["\"string\"", "\"object\"", "\"array\"", "[\"integer\",\"null\"]", "\"number\""])[random.Next(5)],
            "properties" => $"{{\"a\":{Sub()},\"店\":{Sub()}}}",
            "items" or "not" => Sub(),
            "prefixItems" or "anyOf" or "allOf" => $"[{Sub()},{Sub()}]",
            "enum" => "[1,\"a\",null,{\"a\":2}]",
            "const" => "\"店\"",
            "required" => "[\"a\"]",
            "pattern" => ((string[])["\"^a+$\"", "\"b\"", "\"(x|y){2,5}\"", "\"[\""])[random.Next(4)],
            "additionalProperties" => random.Next(2) == 0 ? "false" : "true",
            "$ref" => random.Next(2) == 0 ? "\"#\"" : "\"#/properties/a\"",
            "format" => random.Next(2) == 0 ? "\"date\"" : "\"uri\"",
            "title" => "\"t\"",
            _ => random.Next(12).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
