using GlmStudio.Engine;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Web.Domain;

public sealed class PromptRendererTests
{
    [Fact]
    public void Render_EnglishFields_IsThisText() => Assert.Equal(
        """
        Read the receipt.

        Fields:
        1. "company" (Shop): text, required. The first line. Example: ACME
        2. "date": date.
        3. "kind" (Kind of sale): one of "cash", "card". Look at the bottom!

        Answer with one JSON object and nothing else. Use exactly these keys in this order. Copy values as they are printed. Write null for a value that is not on the page.
        {
            "company": "",
            "date": "",
            "kind": ""
        }
        """.ReplaceLineEndings("\n"),
        PromptRenderer.Render(new TemplateVersion
        {
            Instruction = "  Read the receipt.\r\n",
            Fields =
            [
                new Field { Key = "company", Label = "Shop", Required = true, Description = "The first line", Example = "ACME" },
                new Field { Key = "date", Label = "Date", Type = FieldType.Date },
                new Field { Key = "kind", Label = "Kind of sale", Type = FieldType.Choice, Choices = ["cash", "card"], Description = "Look at\n  the bottom!" },
            ],
        }));

    [Fact]
    public void Render_FillIn_EndsWithTheEmptyForm() => Assert.Equal(
        """
        Read the receipt.

        Fields:
        1. Shop: text, required.
        2. Items sold: list, one string an entry.

        Fill in this form and write nothing else: one line a field, in this order. Copy values as they are printed. Write unknown for a value that is not on the page. Separate the entries of a list by semicolons.
        【Shop】:
        【Items sold】:
        """.ReplaceLineEndings("\n"),
        PromptRenderer.Render(new TemplateVersion
        {
            Instruction = "Read the receipt.", Shape = AnswerShape.FillIn,
            Fields = [new Field { Key = "company", Label = "Shop", Required = true }, new Field { Key = "items", Label = "Items\n sold", Type = FieldType.List }],
        }));

    [Fact]
    public void Render_ChinesePairs_EndsWithOneLineOfThem() => Assert.EndsWith(
        "1. 菜品：列表，每项一个字符串。\n\n每项一行，写名称、冒号和值，不要输出其他内容。名称和值照页面原样填写；页面上一项也没有时只写“未知”。\n名称: 值",
        PromptRenderer.Render(new TemplateVersion { Shape = AnswerShape.Pairs, Fields = [new Field { Key = "items", Label = "菜品", Type = FieldType.List }] }), StringComparison.Ordinal);

    [Fact]
    public void Render_ChineseLabels_IsThisText() => Assert.Equal(
        """
        请从图片中读取下列字段。

        字段：
        1. "菜品"：列表，每项一个字符串，必填。从上到下。例如：红烧牛肉面 28
        2. "total"（合计）：金额。

        只输出一个 JSON 对象，不要输出其他内容。键名和顺序与下面完全一致；值照页面原样填写；页面上没有的值填 null。列表用字符串数组表示。
        {
            "菜品": [""],
            "total": ""
        }
        """.ReplaceLineEndings("\n"),
        PromptRenderer.Render(new TemplateVersion
        {
            Fields =
            [
                new Field { Key = "菜品", Label = "菜品", Type = FieldType.List, Required = true, Description = "从上到下", Example = "红烧牛肉面 28" },
                new Field { Key = "total", Label = "合计", Type = FieldType.Money },
            ],
        }));

    [Theory]
    [InlineData(FieldType.Text, "text", "文本")]
    [InlineData(FieldType.Number, "number", "数字")]
    [InlineData(FieldType.Money, "amount of money", "金额")]
    [InlineData(FieldType.Date, "date", "日期")]
    [InlineData(FieldType.Id, "code, copied character by character", "编号，逐字照抄")]
    [InlineData(FieldType.Phone, "telephone number", "电话号码")]
    [InlineData(FieldType.Choice, "one of ", "以下之一：")]
    [InlineData(FieldType.YesNo, "yes or no", "是或否")]
    [InlineData(FieldType.List, "list, one string an entry", "列表，每项一个字符串")]
    public void Render_EveryType_IsNamedInBothLanguages(FieldType type, string english, string chinese)
    {
        Assert.Contains($"\"k\": {english}", PromptRenderer.Render(One("k", "k", type)), StringComparison.Ordinal);
        Assert.Contains($"\"k\"（名）：{chinese}", PromptRenderer.Render(One("k", "名", type)), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WithoutFields_IsTheInstructionAlone() =>
        Assert.Equal("What is this?", PromptRenderer.Render(new TemplateVersion { Instruction = "What is this?" }));

    [Fact]
    public void Render_QuotesInKeysAndChoices_AreEscaped()
    {
        var version = One("k", "k", FieldType.Choice);
        version.Fields[0].Choices = ["5\" nail", "𠮷"];
        Assert.Contains("one of \"5\\\" nail\", \"𠮷\"", PromptRenderer.Render(version), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Read it.", "合计", true)]
    [InlineData("读取。", "Total", true)]
    [InlineData("Read it.", "Total", false)]
    [InlineData("", "𠮷", true)]
    [InlineData("レシート", "ラベル", false)]
    public void IsChinese_LooksAtInstructionAndLabels(string instruction, string label, bool expected)
    {
        var version = One("k", label, FieldType.Text);
        version.Instruction = instruction;
        Assert.Equal(expected, PromptRenderer.IsChinese(version));
    }

    private static TemplateVersion One(string key, string label, FieldType type) => new() { Fields = [new Field { Key = key, Label = label, Type = type }] };
}
