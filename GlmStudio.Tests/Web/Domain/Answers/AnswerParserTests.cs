using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Answers;

namespace GlmStudio.Tests.Web.Domain.Answers;

public sealed class AnswerParserTests
{
    private static readonly Field[] Fields =
    [
        new() { Key = "total", Label = "合计金额", Type = FieldType.Money },
        new() { Key = "date", Label = "Invoice date", Type = FieldType.Date },
        new() { Key = "items", Label = "明细", Type = FieldType.List },
    ];

    [Theory]
    [InlineData("【合计金额】：12.50\n【Invoice date】：未知\n【明细】：茶 3；糕 {x}")]
    [InlineData("""{"total": "12.50", "date": null, "items": ["茶 3", "糕 {x}"]}""")]
    public void Parse_FilledInForm_GivesTheValuesOfBothShapes(string answer)
    {
        var values = AnswerParser.Parse(answer, Fields, new AnswerLayout(AnswerShape.FillIn, IsChinese: true));
        Assert.Equal(("12.50", null, """["茶 3","糕 {x}"]"""), (values["total"], values["date"], values["items"]));
    }

    [Theory]
    [InlineData("茶: 3\n糕: 12.50", """["茶: 3","糕: 12.50"]""")]
    [InlineData("茶: 3", """["茶: 3"]""")]
    [InlineData("未知", null)]
    public void Parse_Pairs_GivesAListOfLines(string answer, string? expected) =>
        Assert.Equal(expected, AnswerParser.Parse(answer, [Fields[2]], new AnswerLayout(AnswerShape.Pairs, IsChinese: true))["items"]);

    [Theory]
    [InlineData("""{"total": "12.50", "date": "2026-03-01"}""")]
    [InlineData("```json\n{\"total\": \"12.50\", \"date\": \"2026-03-01\",}\n```")]
    [InlineData("Let me see {the page}. Here is the answer: {\"total\": \"12.50\", \"date\": \"2026-03-01\"} I hope it helps {truly}.")]
    [InlineData("<think>Form: {\"total\": \"1\", \"date\": \"2\", \"items\": []}</think><answer>{\"total\": 12.50, \"date\": \"2026-03-01\"}</answer>")]
    [InlineData("The form is {\"total\": \"\", \"date\": \"\"}.\n{\"total\": \"12.50\", \"date\": \"2026-03-01\"}")]
    [InlineData("[{\"total\": \"12.50\", \"date\": \"2026-03-01\"}]")]
    [InlineData("{\"result\": {\"total\": \"12.50\", \"date\": \"2026-03-01\"}}")]
    [InlineData("{'total': '12.50', 'date': '2026-03-01'}")]
    [InlineData("{total: 12.50, date: 2026-03-01}")]
    [InlineData("{\"total\": \"12.50\" \"date\": \"2026-03-01\"}")]
    [InlineData("{\"total\": \"12.50\", \"date\": \"2026-03-01")]
    [InlineData("{“total”：“12.50”，“date”：“2026-03-01”}")]
    [InlineData("{\"合计金额\": \"12.50\", \"Invoice Date\": \"2026-03-01\"}")]
    [InlineData("{\"Total\": 12.50, \"invoice_date\": \"2026-03-01\"} // done")]
    [InlineData("total: 12.50\ndate: 2026-03-01")]
    [InlineData("【合计金额】：12.50\n【Invoice date】：2026-03-01")]
    [InlineData("- **Total:** 12.50\n- **Date**: `2026-03-01`")]
    [InlineData("1. ｔｏｔａｌ： 12.50\r\n2. date: 2026-03-01\r\n")]
    [InlineData("| total | 12.50 |\n| date | 2026-03-01 |")]
    [InlineData("Total:\n12.50\n\nDate:\n2026-03-01")]
    public void Parse_WaysModelsAnswer_FindsBothValues(string text)
    {
        var values = AnswerParser.Parse(text, Fields);
        Assert.Equal(("12.50", "2026-03-01", null), (values["total"], values["date"], values["items"]));
    }

    [Theory]
    [InlineData("""{"total": 1,234.50, "date": null}""", "1,234.50")]
    [InlineData("""{"total": 1.10}""", "1.10")]
    [InlineData("""{"total": 007}""", "007")]
    [InlineData("""{"total": 12345678901234567890.12}""", "12345678901234567890.12")]
    [InlineData("""{"total": ["12"]}""", "12")]
    [InlineData("""{"total": ["12", "13"]}""", """["12","13"]""")]
    [InlineData("""{"total": {"CNY": 12}}""", """{"CNY":12}""")]
    [InlineData("""{"total": true}""", "true")]
    [InlineData("""{"total": "5" screen"}""", "5\" screen")]
    [InlineData("{\"total\": \"a\\u5408\\n😀\"}", "a合\n😀")]
    [InlineData("""{"total": ""}""", null)]
    [InlineData("""{"total": "null"}""", null)]
    [InlineData("""{"total": None}""", null)]
    [InlineData("""{"total": []}""", null)]
    [InlineData("""{"total": "￥１２"}""", "￥１２")]
    public void Parse_Values_StayAsWritten(string text, string? expected) => Assert.Equal(expected, AnswerParser.Parse(text, Fields)["total"]);

    [Theory]
    [InlineData("""{"items": ["茶", "Kaffee 2x"]}""", """["茶","Kaffee 2x"]""")]
    [InlineData("""{"items": ["茶"]}""", """["茶"]""")]
    [InlineData("""{"items": [{"name": "茶", "price": 3.50},]}""", """[{"name":"茶","price":3.50}]""")]
    [InlineData("items:\n- 茶\n- Kaffee", """["茶","Kaffee"]""")]
    public void Parse_Lists_AreCompactJson(string text, string expected) => Assert.Equal(expected, AnswerParser.Parse(text, Fields)["items"]);

    [Theory]
    [InlineData("")]
    [InlineData("I cannot read this picture.")]
    [InlineData("{}")]
    [InlineData("{\"other\": 1}")]
    [InlineData("{{{{{{{{")]
    public void Parse_NoAnswer_IsNullEverywhere(string text) => Assert.All(AnswerParser.Parse(text, Fields).Values, Assert.Null);

    [Fact]
    public void Parse_KeyOfOneFieldIsLabelOfAnother_KeyWins()
    {
        Field[] fields = [new() { Key = "date", Label = "Printed" }, new() { Key = "printed", Label = "Date" }];
        var values = AnswerParser.Parse("""{"printed": "2", "date": "1"}""", fields);
        Assert.Equal(("1", "2"), (values["date"], values["printed"]));
    }

    [Fact]
    public void Parse_ValidJson_IsReadAsJsonSays()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var value = RandomText(random, 20);
            var text = JsonSerializer.Serialize(new Dictionary<string, string> { ["total"] = value, ["date"] = "x" });
            var expected = AnswerText.Storable(JsonSerializer.Deserialize<Dictionary<string, string>>(text)!["total"]).Trim();
            Assert.Equal(expected is "" || expected.Equals("null", StringComparison.OrdinalIgnoreCase) ? null : expected, AnswerParser.Parse(text, Fields)["total"]);
        }
    }

    [Fact]
    public void Parse_Rubbish_NeverThrows()
    {
        var random = new Random(11);
        for (var i = 0; i < 5000; i++) Assert.Equal(3, AnswerParser.Parse(RandomText(random, 200), Fields).Count);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"total\":[")]
    [InlineData("{\"total\":\"")]
    [InlineData("total:\n")]
    [InlineData("\"\\")]
    [InlineData("{a}{total:1")]
    public void Parse_MillionsOfCharacters_EndsSoon(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length));
        Assert.Equal(3, AnswerParser.Parse(text, Fields).Count);
    }

    // Mostly what confuses parsers: brackets, quotes, escapes, key names, halves of emoji.
    private static string RandomText(Random random, int length)
    {
        string[] pieces = ["{", "}", "[", "]", "\"", "'", ":", "：", ",", "\\", "\\u", "\n", " ", "total", "date", "合计金额", "【", "】", "null", "1,234", "-", "|", "\0", "\ud83d", "\ude00", "```", "</think>", "“", "”", "//"];
        return string.Concat(Enumerable.Range(0, random.Next(length)).Select(_ => pieces[random.Next(pieces.Length)]));
    }
}
