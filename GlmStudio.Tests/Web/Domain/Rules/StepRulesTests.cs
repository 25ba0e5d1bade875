using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Tests.Web.Domain.Rules;

public sealed class StepRulesTests
{
    public static TheoryData<FieldStep, string, string> Wrong => new()
    {
        { new PatternStep(""), ".pattern", "Write a pattern." },
        { new PatternStep("(a"), ".pattern", "The pattern is not a regular expression: look for a bracket that is not closed, or write \\ before a sign that is meant itself." },
        { new PatternStep(@"(?=a)a"), ".pattern", "The pattern is too large, or looks around or back; such patterns can take for ever. Write it without." },
        { new PatternStep(@"(a)\1"), ".pattern", "The pattern is too large, or looks around or back; such patterns can take for ever. Write it without." },
        { new PatternStep("((a{1,1000}){1,1000}){1,1000}"), ".pattern", "The pattern is too large, or looks around or back; such patterns can take for ever. Write it without." },
        { new PatternStep(new string('a', 501)), ".pattern", "The pattern is longer than 500 characters." },
        { new PatternStep("(?<a>x)", "${b}"), ".replacement", "The pattern has no group named {0}." },
        { new MatchCheck("[a"), ".pattern", "The pattern is not a regular expression: look for a bracket that is not closed, or write \\ before a sign that is meant itself." },
        { new LookupStep([]), ".entries", "A lookup table has 1 to {0} lines; this one has {1}." },
        { new LookupStep([.. Enumerable.Range(0, 5_001).Select(i => new LookupEntry($"{i}", "x"))]), ".entries", "A lookup table has 1 to {0} lines; this one has {1}." },
        { new LookupStep([new("a", new string('x', 1_000_000))]), ".entries[0]", "A value of the table has more than {0} characters." },
        { new LookupStep([new("a", "1"), new("Ａ", "2")]), ".entries[1]", "The value \"{0}\" is there twice." },
        { new NumberCheck(), "", "Give a lower bound, an upper bound, or both." },
        { new NumberCheck(2, 1), "", "The lower bound is above the upper one." },
        { new OneOfCheck([]), ".values", "Give 1 to {0} values, one a line." },
        { new EqualCheck("{total} + 1"), ".expression", "There is no field with the key \"{0}\"." },
        { new ComputeStep("1 + "), ".expression", "A number, a {field}, a \"text\" or a bracket is expected here." },
        { new ComputeStep("{value} + 1"), ".expression", "The field is computed from itself: {0}." },
        { new TidyStep(Tidying.Trim) { Message = new string('x', 201) }, ".message", "The text has {0} characters; the limit is {1}." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_OfAStepThatIsWrong_NamesFieldAndStep(FieldStep step, string property, string text)
    {
        var problem = Assert.Single(OneField.Check(step));
        Assert.Equal(($"fields[1].steps[0]{property}", text), (problem.Place, problem.Text));
    }

    [Fact]
    public void Check_OfAnExpression_NamesTheCharacter() => Assert.Equal(5, Assert.Single(OneField.Check(new ComputeStep("1 + "))).Position);

    [Fact]
    public void Check_OfACycle_ShowsTheWay()
    {
        Field[] fields =
        [
            new() { Key = "read", Label = "" },
            new() { Key = "a", Label = "", Steps = [new ComputeStep("{b}")] }, new() { Key = "b", Label = "", Steps = [new ComputeStep("{c} & {read}")] },
            new() { Key = "c", Label = "", Steps = [new ComputeStep("{a}")] },
        ];
        var problems = StepRules.Check(fields);
        Assert.Equal(3, problems.Count);
        Assert.Equal("a → b → c → a", problems[0].Arguments[0]);
    }

    [Fact]
    public void Check_WhereNothingIsRead_IsRefused() =>
        Assert.Contains(StepRules.Check([new Field { Key = "a", Label = "", Steps = [new ComputeStep("1")] }]), p => p.Place == "fields");

    [Fact]
    public void Check_OfAComputingStepThatIsNotFirst_IsRefused() =>
        Assert.Equal("fields[1].steps[1]", Assert.Single(OneField.Check(new TidyStep(Tidying.Trim), new ComputeStep("1"))).Place);

    [Fact]
    public void Check_OfTooManySteps_IsRefused() =>
        Assert.Equal("fields[1].steps", Assert.Single(OneField.Check([.. Enumerable.Repeat(new TidyStep(Tidying.Trim), 21)])).Place);
}
