using GlmStudio.Engine;
using GlmStudio.Web.Domain.Answers;

namespace GlmStudio.Web.Features.Templates;

/// <summary>What a template's fields must be for the shape of its answer: what stands between the values must not stand in the labels and choices.</summary>
internal static class ShapeRules
{
    public static void Check(TemplateDraft draft, List<TemplateProblem> problems)
    {
        if (draft.Shape == AnswerShape.Pairs && draft.Fields.FindAll(f => !f.IsComputed) is not [{ Type: FieldType.List }])
            problems.Add(new("shape", "A list of names and values answers exactly one field, of the type list. Remove the other fields, or choose another shape."));
        if (draft.Shape == AnswerShape.FillIn) CheckForm(draft, problems);
    }

    private static void CheckForm(TemplateDraft draft, List<TemplateProblem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // A computed field is not in the form.
        foreach (var (i, field) in draft.Fields.Index().Where(f => !f.Item.IsComputed))
        {
            if (field.Label.AsSpan().ContainsAny("【】"))
                problems.Add(new($"fields[{i}].label", "In a form that is filled in a label stands between 【 and 】; take them out of \"{0}\".", field.Label));
            if (!seen.Add(AnswerText.Fold(field.Label)))
                problems.Add(new($"fields[{i}].label", "In a form that is filled in every field needs a label of its own; \"{0}\" is there twice.", field.Label));
            if (field.Choices.Exists(c => c.Any(char.IsControl)))
                problems.Add(new($"fields[{i}].choices", "In a form that is filled in a choice has one line."));
        }
    }
}
