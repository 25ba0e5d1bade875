using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Tests.Web.Domain.Rules;

/// <summary>One field's steps on one value.</summary>
internal static class OneField
{
    public static RuledValue Run(string? read, params FieldStep[] steps) => Run(FieldType.Text, read, steps);

    public static RuledValue Run(FieldType type, string? read, params FieldStep[] steps)
    {
        List<Field> fields = [new Field { Key = "value", Label = "Value", Type = type, Steps = steps }];
        Assert.Empty(StepRules.Check(fields));
        return FieldRules.Of(fields).Run(new Dictionary<string, string?> { ["value"] = read })[0];
    }

    public static IReadOnlyList<RuleProblem> Check(params FieldStep[] steps) =>
        StepRules.Check([new Field { Key = "other", Label = "Other" }, new Field { Key = "value", Label = "Value", Steps = steps }]);
}
