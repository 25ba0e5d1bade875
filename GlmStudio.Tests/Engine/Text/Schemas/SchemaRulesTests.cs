using System.Text;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine.Text.Schemas;

public sealed class SchemaRulesTests
{
    private const string Receipt = """
        {"type":"object","properties":{"total":{"type":"number","minimum":0},"店名":{"type":["string","null"],"maxLength":20},
         "items":{"type":"array","maxItems":3,"items":{"$ref":"#/$defs/item"}},"\",\"total\":":{"enum":["a\"b",1.50,null]}},
         "required":["total","店名"],"additionalProperties":false,"$defs":{"item":{"type":"object","properties":{"n":{"const":"x"}},"required":["n"]}}}
        """;

    [Theory]
    [InlineData("""{"total": 12.5, "店名": "早餐😀"}""", true)]
    [InlineData("""{"total": 0, "店名": null, "items": [{"n": "x"}, {"n": "x"}]}""", true)]
    [InlineData("""{"total": 0, "店名": null, "items": []}""", true)]
    [InlineData("""{"total": 0, "店名": null, "\",\"total\":": "a\"b"}""", true)]
    [InlineData("""{"店名": "a", "total": 0}""", false)]
    [InlineData("""{"total": 0}""", false)]
    [InlineData("""{"total":0, "店名": null}""", false)]
    [InlineData("""{"total": 0, "店名": null, "items": [{"n": "x"}, {"n": "x"}, {"n": "x"}, {"n": "x"}]}""", false)]
    [InlineData("""{"total": -1, "店名": null}""", false)]
    [InlineData("""{"total": 1, "店名": "a", "other": 1}""", false)]
    public void Of_Object_HasItsPropertiesInOrder(string answer, bool isOne)
    {
        var form = AnswerForm.OfSchema(Receipt);
        Assert.Equal(isOne, form.Grammar.Matches(answer));
        if (isOne) Assert.True(form.Accepts(answer));
    }

    [Fact]
    public void Of_WhiteSpace_IsTakenUpToItsBound()
    {
        var form = AnswerForm.OfSchema("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"integer"}}},"required":["a"]}""", whiteSpace: 3);
        Assert.True(form.Grammar.Matches("{\n  \"a\": [\n 1,\n 2\n]\n}"));
        Assert.True(form.Grammar.Matches("{\"a\":[]}"));
        Assert.False(form.Grammar.Matches("{\n    \"a\":[]}"));
    }

    [Theory]
    [InlineData("""{"type":"array","uniqueItems":true}""", "uniqueItems", "the root")]
    [InlineData("""{"properties":{"a/b":{"items":{"multipleOf":2}}}}""", "multipleOf", "/properties/a~1b/items")]
    [InlineData("""{"oneOf":[{"type":"string"}]}""", "oneOf", "the root")]
    [InlineData("""{"type":"object","patternProperties":{}}""", "patternProperties", "the root")]
    [InlineData("""{"anyOf":[{"type":"string"},{"not":{}}]}""", "not", "/anyOf/1")]
    [InlineData("""{"enum":[]}""", "enum", "the root")]
    [InlineData("""{"properties":{"a":{"type":"string","enum":[1]}}}""", "enum", "/properties/a")]
    [InlineData("""{"type":"string","format":"ipv4"}""", "format", "the root")]
    [InlineData("""{"type":"string","pattern":"a(?=b)"}""", "pattern", "look-ahead")]
    [InlineData("""{"type":"string","pattern":"^a{5}$","maxLength":3}""", "pattern", "0 to 3 characters")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "minLength", "the root")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "minimum", "the root")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", "additionalProperties", "the root")]
    [InlineData("""{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"left":{"$ref":"#/$defs/tree"}}}}}""", "$ref", "refers back to itself")]
    [InlineData("""{"properties":{"a":{"$ref":"#"}}}""", "$ref", "refers back to itself")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"}""", "$ref", "refers back to itself")]
    [InlineData("""{"$ref":"http://example.com/x"}""", "$ref", "within the schema")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "$ref", "points to nothing")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"a":{"type":"integer"}}}]}""", "properties", "disjoint")]
    [InlineData("""{"allOf":[{"properties":{"a":{}},"additionalProperties":false},{"properties":{"b":{}}}]}""", "additionalProperties", "forbids")]
    [InlineData("""{"type":"text"}""", "type", "integer")]
    [InlineData("""{"properties":{"a":false},"required":["a"]}""", "false", "/properties/a")]
    public void Of_Unsupported_NamesKeywordAndPlace(string schema, string keyword, string place)
    {
        var fault = Assert.Throws<EngineException>(() => AnswerForm.OfSchema(schema));
        Assert.Equal(EngineFault.BadRequest, fault.Fault);
        Assert.Contains($"\"{keyword}\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1")]
    [InlineData("null")]
    [InlineData("""{"type":"string","type":"string"}""")]
    [InlineData("3")]
    public void Of_NoSchema_IsRefused(string schema) => Assert.Equal(EngineFault.BadRequest, Assert.Throws<EngineException>(() => AnswerForm.OfSchema(schema)).Fault);

    [Fact]
    public void Of_DisjointObjects_AreJoined() => Assert.True(AnswerForm.OfSchema("""
        {"allOf":[{"$ref":"#/$defs/a"},{"type":"object","properties":{"b":{"type":"null"}},"required":["b"]}],
         "$defs":{"a":{"type":"object","properties":{"a":{"type":"integer","maximum":9}},"required":["a"]}}}
        """).Grammar.Matches("""{"a": 7, "b": null}"""));

    [Fact]
    public void Of_ThreeHundredFields_WalksToTheEnd()
    {
        var properties = string.Join(",", Enumerable.Range(0, 300).Select(i => $$"""
            "field {{i}}":{"type":"{{(i % 3 == 0 ? "number" : "string")}}"{{(i % 3 == 1 ? ",\"maxLength\":10" : i % 3 == 2 ? ",\"pattern\":\"^[A-Z]{2}\\\\d{8}$\"" : "")}}}
            """));
        var required = string.Join(",", Enumerable.Range(0, 300).Where(i => i % 2 == 0).Select(i => $"\"field {i}\""));
        var form = AnswerForm.OfSchema($$"""{"type":"object","properties":{ {{properties}} },"required":[{{required}}]}""");
        for (var i = 0; i < 5; i++)
        {
            var answer = Encoding.UTF8.GetString(Engine.Text.Grammars.Grammars.Walk(form.Grammar, new Random(i)));
            Assert.True(form.Accepts(answer), answer);
            Assert.True(Encoding.UTF8.GetByteCount(answer) <= form.LongestBytes);
        }
    }

    [Fact]
    public void Of_ManyOptionalFields_AreRefusedOrWork()
    {
        var form = AnswerForm.OfSchema($$"""{"type":"object","properties":{ {{string.Join(",", Enumerable.Range(0, 300).Select(i => $"\"f{i}\":{{\"type\":\"integer\"}}"))}} } }""");
        Assert.True(form.Grammar.Matches("""{"f7": 1, "f299": 2}"""));
        Assert.False(form.Grammar.Matches("""{"f299": 1, "f7": 2}"""));
    }

    [Theory]
    [InlineData("""{"$defs":{D},"$ref":"#/$defs/d25"}""")]
    public void Of_ReferencesThatDouble_StaySmall(string form)
    {
        // Each array holds two of the one before: 2^25 texts, and few rules.
        var all = string.Join(",", Enumerable.Range(1, 25).Select(i => $$"""
            "d{{i}}":{"type":"array","prefixItems":[{"$ref":"#/$defs/d{{i - 1}}"},{"$ref":"#/$defs/d{{i - 1}}"}],"items":false,"minItems":2}
            """).Prepend("\"d0\":{\"type\":\"null\"}"));
        Assert.True(AnswerForm.OfSchema(form.Replace("D}", all + "}", StringComparison.Ordinal)).LongestBytes > 1 << 25);
    }

    [Fact]
    public void LongestBytes_OfAUniformChoice_IsThatOfTheLongest() =>
        Assert.Equal(JsonSerializer.Serialize("abcdef").Length, AnswerForm.OfSchema("""{"enum":["a","abcdef",null]}""").LongestBytes);
}
