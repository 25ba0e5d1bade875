using System.Globalization;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Templates;

/// <summary>One thing that keeps a template from being saved.</summary>
/// <param name="Place">Where, as in the JSON file: <c>key</c>, <c>fields[2].label</c>; empty for the whole.</param>
/// <param name="Text">English sentence with <c>{0}</c> places; the key of its translation.</param>
/// <param name="Arguments">What stands in the places.</param>
public sealed record TemplateProblem(string Place, string Text, params object[] Arguments)
{
    /// <summary>What is wrong with a step; a place in an expression is named behind its property.</summary>
    public static TemplateProblem Of(RuleProblem problem) =>
        new(problem.Position is { } position ? $"{problem.Place}:{position}" : problem.Place, problem.Text, problem.Arguments);

    /// <summary>The English sentence after its place, for programs and logs.</summary>
    public override string ToString() => (Place.Length > 0 ? Place + ": " : "") + (Arguments.Length == 0 ? Text : string.Format(CultureInfo.InvariantCulture, Text, Arguments));
}

/// <summary>What became of a draft: the saved version, or the reasons why not.</summary>
/// <param name="Version">The newest version with its <c>Template</c>; null where there are problems.</param>
/// <param name="IsNew">False where the newest version already had this content.</param>
/// <param name="Problems">Empty where it was saved.</param>
public sealed record SavedTemplate(Domain.TemplateVersion? Version, bool IsNew, IReadOnlyList<TemplateProblem> Problems)
{
    public static SavedTemplate Refused(params IReadOnlyList<TemplateProblem> problems) => new(null, false, problems);

    /// <summary>All problems in one English text.</summary>
    public string Message => string.Join("\n", Problems);
}
