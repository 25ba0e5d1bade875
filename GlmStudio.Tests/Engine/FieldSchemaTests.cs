using GlmStudio.Engine;
using GlmStudio.Tests.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine;

public sealed class FieldSchemaTests
{
    private static readonly AskedField[] Fields = [.. Enum.GetValues<FieldType>().Select(t => new AskedField
    {
        Key = t.ToString(), Label = "标签", Type = t, Choices = t == FieldType.Choice ? ["大", "小"] : [],
    })];

    [Theory]
    [InlineData("Text", "\"Two lines\\nof text\"", true)]
    [InlineData("Text", "12", false)]
    [InlineData("Number", "\"3 kg\"", true)]
    [InlineData("Number", "\"three\"", false)]
    [InlineData("Money", "\"￥ 1,234.50元\"", true)]
    [InlineData("Date", "\"二〇二六年三月一日\"", true)]
    [InlineData("Date", "\"Monday\"", false)]
    [InlineData("Id", "\"INV-0042/7\"", true)]
    [InlineData("Phone", "\"+86 10 6552 9988\"", true)]
    [InlineData("Choice", "\"大\"", true)]
    [InlineData("Choice", "\"中\"", false)]
    [InlineData("YesNo", "\"是\"", true)]
    [InlineData("YesNo", "true", false)]
    [InlineData("List", "[\"a\", \"b\"]", true)]
    [InlineData("List", "[\"\"]", false)]
    public void OfFields_Value_IsOfTheFieldsType(string key, string value, bool isOne)
    {
        var form = AnswerForm.OfFields(Fields);
        var answer = $"{{{string.Join(", ", Fields.Select(f => $"\"{f.Key}\": {(f.Key == key ? value : "null")}"))}}}";
        Assert.Equal(isOne, form.Grammar.Matches(answer));
        Assert.Equal(isOne, form.Accepts(answer));
    }

    [Fact]
    public void OfFields_SixtyTexts_FitTheTokenLimit() =>
        Assert.True(AnswerForm.OfFields([.. Enumerable.Range(0, 60).Select(i => new AskedField { Key = $"field{i}", Label = "" })]).LongestTokens <= AnswerForm.MostTokens);
}
