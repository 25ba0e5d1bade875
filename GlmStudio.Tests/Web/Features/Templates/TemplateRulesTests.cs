using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class TemplateRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Receipt")]
    [InlineData("a b")]
    [InlineData("票")]
    [InlineData("new")]
    [InlineData("library")]
    [InlineData("../etc")]
    public void Check_TemplateKeyOutsideThePattern_IsRefused(string key)
    {
        var draft = Drafts.Ticket();
        draft.Key = key;
        Assert.Equal("key", Assert.Single(TemplateRules.Check(draft)).Place);
    }

    [Fact]
    public void Check_MoreListsThanOneAnswerHolds_IsRefusedWithBothNumbers()
    {
        var draft = Drafts.Ticket([.. Enumerable.Range(0, 60).Select(i => $"list{i}")]);
        foreach (var field in draft.Fields) field.Type = FieldType.List;
        var problem = Assert.Single(TemplateRules.Check(draft.Clean()));
        Assert.Contains("32768", problem.ToString(), StringComparison.Ordinal);
        Assert.True((long)problem.Arguments[0] > 32_768);
    }

    [Theory]
    [InlineData("total", true)]
    [InlineData("合计金额", true)]
    [InlineData("𠮷_1-2", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("a.b", false)]
    [InlineData("a\"b", false)]
    [InlineData("😀", false)]
    [InlineData("\ud842", false)]
    public void Check_FieldKey_IsLettersDigitsAndTwoSigns(string key, bool valid)
    {
        var problems = TemplateRules.Check(Drafts.Ticket(key).Clean());
        if (valid) Assert.Empty(problems);
        else Assert.Contains(problems, p => p.Place == "fields[0].key");
    }

    [Fact]
    public void Check_FieldKeysThatDifferInCaseOnly_AreRefused() =>
        Assert.Equal("fields[1].key", Assert.Single(TemplateRules.Check(Drafts.Ticket("Date", "date"))).Place);

    [Fact]
    public void Check_NoField_AsksForOne()
    {
        var draft = Drafts.Ticket();
        draft.Fields.Clear();
        Assert.Equal("fields", Assert.Single(TemplateRules.Check(draft)).Place);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void Check_FieldCount_HasALimit(int count, int problems) =>
        Assert.Equal(problems, TemplateRules.Check(Drafts.Ticket([.. Enumerable.Range(0, count).Select(i => $"f{i}")])).Count);

    [Theory]
    [InlineData(FieldType.Choice, 0, false)]
    [InlineData(FieldType.Choice, 1, false)]
    [InlineData(FieldType.Choice, 2, true)]
    [InlineData(FieldType.Choice, 101, false)]
    [InlineData(FieldType.Text, 2, false)]
    [InlineData(FieldType.Text, 0, true)]
    public void Check_Choices_BelongToChoiceFields(FieldType type, int count, bool valid)
    {
        var draft = Drafts.Ticket("class");
        draft.Fields[0] = new Field { Key = "class", Label = "Class", Type = type, Choices = [.. Enumerable.Range(0, count).Select(i => $"c{i}")] };
        Assert.Equal(valid, TemplateRules.Check(draft).Count == 0);
    }

    [Fact]
    public void Check_SameChoiceTwice_IsRefused()
    {
        var draft = Drafts.Ticket("class");
        draft.Fields[0] = new Field { Key = "class", Label = "Class", Type = FieldType.Choice, Choices = ["A", "a"] };
        Assert.Contains("\"A\" is there twice", Assert.Single(TemplateRules.Check(draft)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LongAndUnprintableTexts_AreRefusedWithTheirPlace()
    {
        var draft = Drafts.Ticket();
        draft.Instruction = new string('x', TemplateRules.MaxInstruction + 1);
        draft.Fields[1].Description = "nul \0";
        Assert.Equal(["instruction", "fields[1].description"], TemplateRules.Check(draft).Select(p => p.Place));
    }

    [Fact]
    public void Clean_ComposesKeysAndFillsLabels()
    {
        var clean = Drafts.Ticket(" cafe\u0301 ").Clean();
        Assert.Equal("caf\u00e9", clean.Fields[0].Key);
        var unlabelled = new TemplateDraft { Fields = [new Field { Key = "a", Label = " " }] };
        Assert.Equal("a", unlabelled.Clean().Fields[0].Label);
    }
}
