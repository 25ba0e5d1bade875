using System.Text;
using GlmStudio.Engine;

namespace GlmStudio.Tests.Engine.Text.Grammars;

public sealed class CopiedPageTests
{
    private static readonly string[] Page = ["早餐店 Breakfast", "12 Harbour Road", "#02-11 Singapore", "TOTAL 1,234.50", "“quoted” \"A\\B\" 2026-03-01", "谢谢", "ABCSDN BHD 10 20", "30 items", "BranchNo7"];

    private static readonly AskedField[] Fields = [new() { Key = "name", Label = "" }, new() { Key = "total", Label = "", Type = FieldType.Money }, new() { Key = "items", Label = "", Type = FieldType.List, Copied = true }];

    private static readonly AnswerForm Form = AnswerForm.OfFields(Fields, Page);

    [Theory]
    [InlineData("\"早餐店\"", "null", true)]
    [InlineData("\"餐店 Breakfast\"", "null", true)]
    [InlineData("\"Breakfast 12 Harbour Road #02-11 Singapore\"", "null", true)]
    [InlineData("\"12 Harbour Road\\n#02-11\"", "null", true)]
    [InlineData("\"Harbour Road#02\"", "null", true)]
    [InlineData("\"Breakfast 12 Harbour Road #02-11 Singapore TOTAL\"", "null", true)]
    [InlineData("\"ABC SDN BHD\"", "null", true)]
    [InlineData("\"ABCSDNBHD\"", "null", true)]
    [InlineData("\"ABC\"", "null", false)]
    [InlineData("\"No7\"", "null", true)]
    [InlineData("\"ABC  SDN\"", "null", false)]
    [InlineData("\"BHD \"", "null", false)]
    [InlineData("\"BHD\\nSDN\"", "null", false)]
    [InlineData("\"10 20\\n30 items\"", "null", true)]
    [InlineData("\"\\\"A\\\\B\\\"\"", "null", true)]
    [InlineData("null", "\"10 20\"", true)]
    [InlineData("null", "\"1020\"", false)]
    [InlineData("null", "\"10 2\"", false)]
    [InlineData("null", "\"20 30\"", false)]
    [InlineData("\"1020 30\"", "null", false)]
    [InlineData("\"10 2030\"", "null", false)]
    [InlineData("\"Harbour Singapore\"", "null", false)]
    [InlineData("\"Break\"", "null", false)]
    [InlineData("\"\"", "null", false)]
    [InlineData("\"#\"", "null", false)]
    [InlineData("null", "\"1,234.50\"", true)]
    [InlineData("null", "\"TOTAL 1,234.50\"", true)]
    [InlineData("null", "\"1,234\"", false)]
    [InlineData("null", "\"234.50\"", false)]
    [InlineData("null", "\"1,234.5\"", false)]
    [InlineData("null", "\"1,235.50\"", false)]
    [InlineData("null", "\"TOTAL\"", false)]
    public void OfFields_WithAPage_TakesOnlyItsRuns(string name, string total, bool isOne) =>
        Assert.Equal(isOne, Form.Grammar.Matches($"{{\"name\": {name}, \"total\": {total}, \"items\": [\"谢谢\"]}}"));

    [Theory]
    [InlineData("Café", true)]
    [InlineData("Parc Güell Café", true)]
    [InlineData("Caf", false)]
    [InlineData("ell", false)]
    [InlineData("×", false)]
    [InlineData("Size A×B", true)]
    [InlineData("Size A", true)]
    public void OfFields_LettersWithMarks_AreInsideTheirWord(string name, bool isOne) =>
        Assert.Equal(isOne, AnswerForm.OfFields([Fields[0]], ["Parc Güell Café", "Size A×B"]).Grammar.Matches($"{{\"name\": \"{name}\"}}"));

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
    public void OfFields_DateInChineseNumerals_CanBeCopied() =>
        Assert.True(AnswerForm.OfFields([new() { Key = "d", Label = "", Type = FieldType.Date }], ["日期 二〇二六年三月"]).Grammar.Matches("""{"d": "二〇二六年三月"}"""));

    [Fact]
    public void OfFields_FieldThatIsNotCopied_StaysFree() =>
        Assert.True(AnswerForm.OfFields([Fields[0] with { Copied = false }], Page).Grammar.Matches("""{"name": "my own words"}"""));

    [Fact]
    public void OfFields_LongestPage_TakesNoLongerAnswersThanWithoutIt()
    {
        var lines = Enumerable.Range(0, 1000).Select(i => $"第{i}行 的文字 with words {i * 37}.{i % 100:00}").ToList();
        Assert.InRange(AnswerForm.OfFields(Fields, lines).LongestBytes, 100, AnswerForm.OfFields(Fields).LongestBytes);
    }

    [Fact]
    public void OfFields_PageOfTooMuchText_IsRefused() =>
        Assert.Contains("30,001 characters", Assert.Throws<EngineException>(() => AnswerForm.OfFields(Fields, [new string('a', 30_001)])).Message, StringComparison.Ordinal);

    [Fact]
    public void OfFields_WordLongerThanTheField_IsNotBegun() =>
        Assert.False(AnswerForm.OfFields([Fields[0]], [new string('a', 201), "b"]) is { Grammar: var grammar } && grammar.After(grammar.Start, "{\"name\": \"a"u8) is not null);

    [Theory]
    [InlineData("{\"name\": \"BHD 1020\", \"total\": null, \"items\": []}")]
    [InlineData("{\"name\": \"Harbor\", \"total\": null, \"items\": []}")]
    [InlineData("{\"name\": null, \"total\": null, \"items\": [\"a dish\"]}")]
    [InlineData("{\"name\": null, \"total\": \"SDN\", \"items\": []}")]
    [InlineData("{\"name\": null, \"items\": [], \"total\": ")]
    public void Accepts_WhatThePageDoesNotShow_IsAMismatch(string answer) => Assert.False(Form.Accepts(answer));

    [Fact]
    public void OfSchema_TheProgramsOwnKeyword_IsNobodyElses() =>
        Assert.Contains("$copied", Assert.Throws<EngineException>(() => AnswerForm.OfSchema("""{"type":"string","$copied":1}""")).Message, StringComparison.Ordinal);
}
