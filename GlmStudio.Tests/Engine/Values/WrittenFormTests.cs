using System.Text;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Tests.Engine.Values;

public sealed class WrittenFormTests
{
    private static readonly AskedField[] Fields =
    [
        new() { Key = "shop", Label = "Shop: name" }, new() { Key = "total", Label = "合计", Type = FieldType.Money }, new() { Key = "items", Label = "Items", Type = FieldType.List },
    ];

    [Fact]
    public void Read_FilledInForm_GivesValuesAndTheirBytes()
    {
        const string Answer = "【Shop: name】: 老街 【A】\n【合计】: unknown\n【Items】: tea 1; cake";
        var values = WrittenForm.Read(Answer, Fields, new AnswerLayout(AnswerShape.FillIn));
        Assert.Equal([("shop", "老街 【A】"), ("total", ""), ("items", "tea 1|cake")], values.Select(v => (v.Key, string.Join('|', v.Entries))));
        Assert.Equal(["老街 【A】", "unknown", "tea 1; cake"], values.Select(v => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Answer)[v.Start..v.End])));
    }

    [Theory]
    [InlineData("面: 1\n茶: 2", "面: 1|茶: 2")]
    [InlineData("未知", "")]
    public void Read_Pairs_GivesOneEntryALine(string answer, string expected) =>
        Assert.Equal(expected, string.Join('|', Assert.Single(WrittenForm.Read(answer, [Fields[2]], new AnswerLayout(AnswerShape.Pairs, IsChinese: true))).Entries));

    [Theory]
    [InlineData(AnswerShape.FillIn, "Shop: name: A")]
    [InlineData(AnswerShape.Pairs, "no pair here")]
    public void Read_TextOfAnotherShape_GivesNothing(AnswerShape shape, string answer) => Assert.Empty(WrittenForm.Read(answer, Fields, new AnswerLayout(shape)));
}
