using System.Text;
using GlmStudio.Engine;

namespace GlmStudio.Tests.Engine.Text.Grammars;

public sealed class CopiedTextTests
{
    private static readonly string[] Page = ["早餐店 Breakfast", "12 Harbour Road", "#02-11 Singapore", "TOTAL 1,234.50", "“quoted” 2026-03-01", "谢谢"];

    private static readonly AskedField[] Fields = [new() { Key = "name", Label = "" }, new() { Key = "total", Label = "", Type = FieldType.Money }, new() { Key = "items", Label = "", Type = FieldType.List }];

    private static readonly AnswerForm Form = AnswerForm.OfFields(Fields, Page);

    [Theory]
    [InlineData("\"早餐店\"", "null", true)]
    [InlineData("\"餐店 Breakfast\"", "null", true)]
    [InlineData("\"Breakfast 12 Harbour Road #02-11 Singapore\"", "null", true)]
    [InlineData("\"12 Harbour Road\\n#02-11\"", "null", true)]
    [InlineData("\"Harbour Road#02\"", "null", true)]
    [InlineData("\"Breakfast 12 Harbour Road #02-11 Singapore TOTAL\"", "null", false)]
    [InlineData("\"Harbour Singapore\"", "null", false)]
    [InlineData("\"Break\"", "null", false)]
    [InlineData("\"\"", "null", false)]
    [InlineData("null", "\"1,234.50\"", true)]
    [InlineData("null", "\"TOTAL 1,234.50\"", true)]
    [InlineData("null", "\"1,234\"", false)]
    [InlineData("null", "\"234.50\"", false)]
    [InlineData("null", "\"1,234.5\"", false)]
    [InlineData("null", "\"1,235.50\"", false)]
    [InlineData("null", "\"TOTAL\"", false)]
    public void OfFields_WithAPage_TakesOnlyItsRuns(string name, string total, bool isOne) =>
        Assert.Equal(isOne, Form.Grammar.Matches($"{{\"name\": {name}, \"total\": {total}, \"items\": [\"谢谢\"]}}"));

    [Fact]
    public void OfFields_RandomWalks_InventNothing()
    {
        var random = new Random(4);
        for (var i = 0; i < 500; i++)
        {
            var answer = Encoding.UTF8.GetString(Grammars.Walk(Form.Grammar, random, endChance: 0.2));
            Assert.True(Form.Accepts(answer), answer);
        }
    }

    [Fact]
    public void OfFields_PageWithoutADigit_LeavesNullForAmounts() =>
        Assert.Equal("{\"total\": null}".Length, AnswerForm.OfFields([Fields[1]], ["no amount here"]).LongestBytes);

    [Fact]
    public void OfFields_FullPage_IsCompiledWithinTheBudget()
    {
        var lines = Enumerable.Range(0, 120).Select(i => $"第{i}行 的文字 with some words {i * 37}.{i % 100:00}").ToList();
        Assert.True(AnswerForm.OfFields(Fields, lines).LongestBytes > 100);
    }

    [Fact]
    public void OfSchema_TheProgramsOwnKeyword_IsNobodyElses() =>
        Assert.Contains("$copied", Assert.Throws<EngineException>(() => AnswerForm.OfSchema("""{"type":"string","$copied":1}""")).Message, StringComparison.Ordinal);
}
