using GlmStudio.Engine;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class ShapeRulesTests
{
    [Fact]
    public void Check_PairsOfTwoFields_AreRefused()
    {
        var draft = Drafts.Ticket();
        draft.Shape = AnswerShape.Pairs;
        Assert.Equal("shape", Assert.Single(TemplateRules.Check(draft)).Place);
    }

    [Fact]
    public void Check_PairsOfOneList_AreAllowed()
    {
        var draft = Drafts.Ticket("items");
        (draft.Shape, draft.Fields[0].Type) = (AnswerShape.Pairs, FieldType.List);
        Assert.Empty(TemplateRules.Check(draft));
    }

    [Theory]
    [InlineData("A】", "B", "fields[0].label")]
    [InlineData("Total", "total:", "fields[1].label")]
    public void Check_LabelsThatAFormCannotTellApart_AreRefused(string first, string second, string place)
    {
        var draft = Drafts.Ticket();
        (draft.Fields[0].Label, draft.Fields[1].Label) = (first, second);
        Assert.Empty(TemplateRules.Check(draft));
        draft.Shape = AnswerShape.FillIn;
        Assert.Equal(place, Assert.Single(TemplateRules.Check(draft)).Place);
    }

    [Theory]
    [InlineData("B】")]
    [InlineData("Total")]
    public void Check_LabelOfAComputedField_IsNotInTheForm(string label)
    {
        var draft = Drafts.Ticket();
        (draft.Shape, draft.Fields[0].Label, draft.Fields[1].Label) = (AnswerShape.FillIn, "Total", label);
        draft.Fields[1].Steps = [new GlmStudio.Web.Domain.Rules.ComputeStep("1 + 1")];
        Assert.Empty(TemplateRules.Check(draft));
    }

    [Fact]
    public void Check_ChoiceOfTwoLines_IsRefusedInAForm()
    {
        var draft = Drafts.Ticket();
        (draft.Shape, draft.Fields[0].Type, draft.Fields[0].Choices) = (AnswerShape.FillIn, FieldType.Choice, ["a\nb", "c"]);
        Assert.Contains("fields[0].choices", TemplateRules.Check(draft).Select(p => p.Place));
    }
}
