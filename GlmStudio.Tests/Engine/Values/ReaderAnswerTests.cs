using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Tests.Engine.Values;

public sealed class ReaderAnswerTests
{
    private const string Receipt = """
        BLUE HERON GROCERS LTD
        14, Harbour Road, 41200 Westport, Selangor
        Invoice No: BH-00912      Date: 14/03/2019
        Zorblat code: 8812
        TOTAL                21.20
        CASH                 50.00
        """;

    private const string Chinese = """
        鲜禾生活超市有限公司
        日期：2026年3月11日
        合计：    66.90
        """;

    [Theory]
    [InlineData("What is the total?", "21.20")]
    [InlineData("What's the invoice number on this receipt?", "BH-00912")]
    [InlineData("When was this bought?", "14/03/2019")]
    [InlineData("How much did it cost?", "21.20")]
    [InlineData("What is the Zorblat code?", "8812")]
    [InlineData("Does the receipt show \"Blue Heron Grocers\"?", "yes")]
    [InlineData("Does it say \"Red Lion Hotel\"?", "no")]
    public void To_AnEnglishQuestion_AnswersWithTheValueAlone(string prompt, string answer) => Assert.Equal(answer, Ask(Receipt, prompt));

    [Theory]
    [InlineData("这张小票的日期是多少？", "2026年3月11日")]
    [InlineData("一共多少钱？", "66.90")]
    [InlineData("商家名称是什么？", "鲜禾生活超市有限公司")]
    [InlineData("图片中是否出现“鲜禾生活超市”？", "是")]
    [InlineData("图片与文字“红色保温杯”是否一致？", "否")]
    [InlineData("发票号码是多少？", "图片上没有找到发票号码。")]
    public void To_AChineseQuestion_AnswersInChinese(string prompt, string answer) => Assert.Equal(answer, Ask(Chinese, prompt));

    [Theory]
    [InlineData("Extract company, date and total as JSON.", "company,date,total")]
    [InlineData("Extract the company name, the date and the total from this receipt.", "company name,date,total")]
    [InlineData("Return {\"date\": \"\", \"sum\": \"\", \"Zorblat code\": \"\"}", "date,sum,Zorblat code")]
    [InlineData("Please extract the fields \"date\" and \"total\"", "date,total")]
    [InlineData("请提取商家名称、日期和合计，以JSON输出", "商家名称,日期,合计")]
    public void To_SeveralNames_AnswersOneObjectInTheirOrder(string prompt, string keys)
    {
        using var json = JsonDocument.Parse(Ask(Receipt, prompt));
        Assert.Equal(keys, string.Join(',', json.RootElement.EnumerateObject().Select(p => p.Name)));
        Assert.Equal("14/03/2019", json.RootElement.EnumerateObject().First(p => p.Name is "date" or "日期").Value.GetString());
    }

    [Fact]
    public void To_AFormToFillIn_FillsIt() =>
        Assert.Equal("【日期】：2026年3月11日\n【合计】：66.90\n【税额】：", Ask(Chinese, "请填写：\n【日期】：\n【合计】：\n【税额】："));

    [Theory]
    [InlineData("Read all the text.")]
    [InlineData("Describe this picture.")]
    [InlineData("")]
    public void To_AnythingElse_GivesThePagesText(string prompt) =>
        Assert.StartsWith("BLUE HERON GROCERS LTD\n14, Harbour Road", Ask(Receipt, prompt), StringComparison.Ordinal);

    [Fact]
    public void To_AQuestionWithoutAPicture_SaysSo() =>
        Assert.Contains("No picture", ReaderAnswer.To(new GlmRequest { Prompt = "What is the total?" }, []).Text, StringComparison.Ordinal);

    [Fact]
    public void To_Fields_AnswersOneObjectWithNullForWhatIsAbsent()
    {
        AskedField[] fields =
        [
            new() { Key = "商家", Label = "商家" }, new() { Key = "tax", Label = "税额", Type = FieldType.Money },
            new() { Key = "items", Label = "商品", Type = FieldType.List },
        ];
        var answer = ReaderAnswer.To(new GlmRequest { Prompt = "", Fields = fields }, [PageLayout.Of(Chinese + "\n面包     6.50\n牛奶     3.00")]);
        using var json = JsonDocument.Parse(answer.Text);
        Assert.Contains("鲜禾生活超市有限公司", answer.Text, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("tax").ValueKind);
        Assert.Equal(2, json.RootElement.GetProperty("items").GetArrayLength());
        Assert.Equal(["商家", "tax", "items"], answer.Readings.Select(r => r.Key));
    }

    [Fact]
    public void To_TwoPages_TakesAValueFromTheSecondWithoutItsBox()
    {
        AskedField[] fields = [new() { Key = "date", Label = "Date", Type = FieldType.Date }];
        var reading = ReaderAnswer.To(new GlmRequest { Prompt = "", Fields = fields }, [PageLayout.Of("Page one"), PageLayout.Of(Receipt)]).Readings[0];
        Assert.Equal(("14/03/2019", null), (reading.Value, reading.Box));
    }

    [Theory]
    [InlineData("abcdefgh 12", 2, "abcdefgh ")]
    [InlineData("合计 12", 2, "合计 ")]
    [InlineData("a\uD83D\uDE00b", 2, "a\uD83D\uDE00")]
    [InlineData("short", 9, "short")]
    public void Cut_AfterSomePieces_NeverSplitsACharacter(string text, int most, string expected) => Assert.Equal(expected, Pieces.Cut(text, most).Text);

    [Fact]
    public void Deltas_Joined_AreTheText()
    {
        var text = string.Concat(Enumerable.Repeat("a\uD83D\uDE00", 60));
        var deltas = Pieces.Deltas(text, 6).ToList();
        Assert.Equal(text, string.Concat(deltas));
        Assert.All(deltas, d => Assert.False(char.IsLowSurrogate(d[0]) || char.IsHighSurrogate(d[^1])));
    }

    private static string Ask(string page, string prompt) => ReaderAnswer.To(new GlmRequest { Prompt = prompt }, [PageLayout.Of(page)]).Text;
}
