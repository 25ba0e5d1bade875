using System.Text;
using GlmStudio.Engine;
using GlmStudio.Tests.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine;

public sealed class LineFormTests
{
    private static readonly AnswerLayout English = new(AnswerShape.FillIn);
    private static readonly AnswerLayout Chinese = new(AnswerShape.FillIn, IsChinese: true);
    private static readonly AnswerLayout Pairs = new(AnswerShape.Pairs, IsChinese: true);

    private static readonly AskedField[] Fields = [.. Enum.GetValues<FieldType>().Select(t => new AskedField { Key = t.ToString(), Label = $"{t} 栏", Type = t, Choices = ["一等", "二等"] })];

    private static readonly AskedField[] Receipt =
    [
        new() { Key = "shop", Label = "商家" }, new() { Key = "total", Label = "合计", Type = FieldType.Money }, new() { Key = "paid", Label = "已付", Type = FieldType.YesNo },
        new() { Key = "items", Label = "菜品", Type = FieldType.List },
    ];

    private static readonly AskedField[] Menu = [new() { Key = "items", Label = "菜品", Type = FieldType.List, Copied = true }];

    [Theory]
    [InlineData("【商家】：老街面馆\n【合计】：￥28.00\n【已付】：是\n【菜品】：牛肉面 28；凉菜", true)]
    [InlineData("【商家】：未知\n【合计】：未知\n【已付】：未知\n【菜品】：未知", true)]
    [InlineData("【商家】：\n【合计】：未知\n【已付】：未知\n【菜品】：未知", false)]
    [InlineData("【商家】： A\n【合计】：未知\n【已付】：未知\n【菜品】：未知", false)]
    [InlineData("【商家】：A\n【合计】：免费\n【已付】：未知\n【菜品】：未知", false)]
    [InlineData("【商家】：A\n【合计】：9\n【已付】：可能\n【菜品】：未知", false)]
    [InlineData("【商家】：A\n【合计】：9\n【已付】：是\n【菜品】：a；；b", false)]
    [InlineData("【商家】：A\n【合计】：9\n【已付】：是", false)]
    [InlineData("【合计】：9\n【商家】：A\n【已付】：是\n【菜品】：未知", false)]
    public void OfFields_FillIn_TakesOneLineAField(string answer, bool isOne)
    {
        var form = AnswerForm.OfFields(Receipt, Chinese);
        Assert.Equal((isOne, isOne), (form.Grammar.Matches(answer), form.Accepts(answer)));
    }

    [Theory]
    [InlineData("牛肉面: 28", true)]
    [InlineData("牛肉面: 28\n凉 菜: 未标价", true)]
    [InlineData("未知", true)]
    [InlineData("牛肉面 28", false)]
    [InlineData(": 28", false)]
    [InlineData("牛肉面: ", false)]
    [InlineData("牛肉面: 28\n", false)]
    [InlineData("牛肉面:28", false)]
    [InlineData("牛肉面: 0123456789012345678901", false)]
    public void OfFields_Pairs_TakesOneLineAnEntry(string answer, bool isOne)
    {
        var form = AnswerForm.OfFields([Menu[0] with { Copied = false }], Pairs);
        Assert.Equal((isOne, isOne), (form.Grammar.Matches(answer), form.Accepts(answer)));
    }

    [Theory]
    [InlineData("牛肉面: 28", true)]
    [InlineData("牛肉面: 29", false)]
    [InlineData("鸡肉面: 28", false)]
    [InlineData("凉菜: 6\n牛肉面: 28", true)]
    public void OfFields_PairsOfAPage_AreCopiedOnBothSides(string answer, bool isOne)
    {
        var form = AnswerForm.OfFields(Menu, ["菜单", "牛肉面", "28", "凉菜: 6"], Pairs);
        Assert.Equal((isOne, isOne), (form.Grammar.Matches(answer), form.Accepts(answer)));
    }

    [Fact]
    public void OfFields_FillInOfAPage_CopiesWhatStandsOnIt()
    {
        var form = AnswerForm.OfFields(Receipt, ["老街 面馆", "二店", "合计 28.50"], Chinese);
        Assert.True(form.Grammar.Matches("【商家】：老街面馆二店\n【合计】：28.50\n【已付】：是\n【菜品】：自由的字"));
        Assert.False(form.Grammar.Matches("【商家】：老街面馆三店\n【合计】：28.50\n【已付】：是\n【菜品】：未知"));
        Assert.False(form.Grammar.Matches("【商家】：老街面馆二店\n【合计】：28.5\n【已付】：是\n【菜品】：未知"));
    }

    public static TheoryData<AnswerShape, bool, bool> Shapes() => [.. from shape in Enum.GetValues<AnswerShape>() from chinese in (bool[])[false, true] from copied in (bool[])[false, true] select (shape, chinese, copied)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void OfFields_RandomAnswersOfEveryShape_AreAcceptedByTheSecondReader(AnswerShape shape, bool isChinese, bool isCopied)
    {
        string[]? page = isCopied ? ["早餐店: Breakfast; 12", "TOTAL 1,234.50", "二〇二六年三月一日", "“quoted” \"A\\B\"", "谢谢"] : null;
        var form = AnswerForm.OfFields(shape == AnswerShape.Pairs ? Menu : Fields, page, new AnswerLayout(shape, isChinese));
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var answer = Encoding.UTF8.GetString(Grammars.Walk(form.Grammar, random, endChance: 0.2));
            Assert.True(form.Accepts(answer), answer);
            Assert.True(Encoding.UTF8.GetByteCount(answer) <= form.LongestBytes);
        }
    }

    [Fact]
    public void OfFields_EveryShape_HasALongestAnswerThatIsNotCutOff()
    {
        Assert.All((AnswerForm[])[AnswerForm.OfFields(Fields), AnswerForm.OfFields(Fields, English), AnswerForm.OfFields(Menu, Pairs)],
            form => Assert.InRange(form.LongestTokens, 100, AnswerForm.MostTokens));
    }

    [Fact]
    public void OfFields_PairsOfOtherFields_AreRefused() =>
        Assert.Contains("one field, of the type list", Assert.Throws<EngineException>(() => AnswerForm.OfFields(Receipt, Pairs)).Message, StringComparison.Ordinal);
}
