using GlmStudio.Engine;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Web.Domain;

public sealed class QuestionRewriteTests
{
    [Theory]
    [InlineData("给我店名、日期、总额", "店名|日期|总额")]
    [InlineData("请提取小票上的店名、日期和总额。", "店名|日期|总额")]
    [InlineData("Extract the company, the date and the total.", "company|date|total")]
    [InlineData("Extract: \"invoice number\", \"Date\"", "invoice_number|Date")]
    [InlineData("{\"shop name\": \"\", \"total\": \"\"}", "shop_name|total")]
    public void Of_QuestionThatListsValues_HasThemAsFields(string question, string keys) =>
        Assert.Equal(keys.Split('|'), QuestionRewrite.Of(question)?.Fields.Select(f => f.Key));

    [Fact]
    public void Of_KnownNames_GivesTheirTypes() =>
        Assert.Equal([FieldType.Text, FieldType.Date, FieldType.Money], QuestionRewrite.Of("给我店名、日期、总额")!.Fields.Select(f => f.Type));

    [Theory]
    [InlineData("")]
    [InlineData("What is the total?")]
    [InlineData("Describe the picture.")]
    [InlineData("读出全部文字")]
    [InlineData("\ud83d")]
    public void Of_OtherQuestion_IsNull(string question) => Assert.Null(QuestionRewrite.Of(question));
}
