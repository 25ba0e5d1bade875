using System.Text;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Templates;

/// <summary>What a template may hold. The same rules for the builder, imports and the library.</summary>
public static class TemplateRules
{
    public const int MaxFields = 60;
    public const int MaxKey = 64;
    public const int MaxName = 200;
    public const int MaxDescription = 2_000;
    public const int MaxInstruction = 8_000;
    public const int MaxLabel = 100;
    public const int MaxFieldDescription = 1_000;
    public const int MaxExample = 200;
    public const int MaxChoices = 100;
    public const int MaxNote = 500;

    /// <summary>Words that are pages below <c>/templates</c>.</summary>
    private static readonly string[] Reserved = ["new", "library", "questions"];

    /// <summary>Everything that is wrong with a cleaned draft, in reading order.</summary>
    public static IReadOnlyList<TemplateProblem> Check(TemplateDraft draft)
    {
        var problems = new List<TemplateProblem>();
        CheckKey(draft.Key, problems);
        if (draft.Name.Length == 0) problems.Add(new("name", "Give the template a name."));
        CheckText("name", draft.Name, MaxName, problems);
        CheckText("description", draft.Description, MaxDescription, problems);
        CheckText("instruction", draft.Instruction, MaxInstruction, problems);
        if (draft.Fields.Count == 0) problems.Add(new("fields", "Add at least one field: each one becomes a column of the results."));
        if (draft.Fields.Count > MaxFields) problems.Add(new("fields", "{0} fields are too many; the limit is {1}. Split the template.", draft.Fields.Count, MaxFields));
        else CheckFields(draft.Fields, problems);
        ShapeRules.Check(draft, problems);
        problems.AddRange(StepRules.Check(draft.Fields).Select(TemplateProblem.Of));
        if (problems.Count == 0 && TemplateJson.Write(draft).Length > TemplateJson.MaxBytes)
            problems.Add(new("fields", "As a file the template would be larger than {0} MB. Shorten its lookup tables.", TemplateJson.MaxBytes / 1_000_000));
        if (problems.Count == 0 && LongestAnswer(draft.ToVersion(1, "", default)) is var longest && longest > AnswerForm.MostTokens)
            problems.Add(new("fields", "An answer could take {0} tokens and be cut off; the limit is {1}. Ask for fewer lists, or split the template.", longest, AnswerForm.MostTokens));
        return problems;
    }

    /// <summary>Tokens of the longest answer to a version that keeps to these rules.</summary>
    internal static long LongestAnswer(TemplateVersion version) => AnswerForm.OfFields(version.ToAsked(), PromptRenderer.LayoutOf(version)).LongestTokens;

    /// <summary>Whether a field's values can be held to the page's text, if somebody wants it.</summary>
    internal static bool MayCopy(Field field) => (field.ToAsked() with { Copied = true }).IsCopied;

    private static void CheckKey(string key, List<TemplateProblem> problems)
    {
        if (key.Length is 0 or > MaxKey || !key.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-'))
            problems.Add(new("key", "The key \"{0}\" must be 1 to {1} of: a–z, 0–9, _ and -.", Shorten(key), MaxKey));
        else if (Reserved.Contains(key))
            problems.Add(new("key", "The key \"{0}\" is the address of a page; choose another.", key));
    }

    private static void CheckFields(List<Field> fields, List<TemplateProblem> problems)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < fields.Count; i++)
        {
            var (field, place) = (fields[i], $"fields[{i}]");
            if (!IsFieldKey(field.Key))
                problems.Add(new($"{place}.key", "The field key \"{0}\" must be 1 to {1} letters, digits, _ or -, without spaces.", Shorten(field.Key), MaxKey));
            else if (!seen.Add(field.Key))
                problems.Add(new($"{place}.key", "The field key \"{0}\" is used twice (upper and lower case count as the same).", field.Key));
            CheckText($"{place}.label", field.Label, MaxLabel, problems);
            CheckText($"{place}.description", field.Description, MaxFieldDescription, problems);
            CheckText($"{place}.example", field.Example, MaxExample, problems);
            CheckChoices(field, place, problems);
        }
    }

    private static void CheckChoices(Field field, string place, List<TemplateProblem> problems)
    {
        if (field.Type != FieldType.Choice)
        {
            if (field.Choices.Count > 0) problems.Add(new($"{place}.choices", "Only a field of type choice has choices."));
            return;
        }
        if (field.Choices.Count is < 2 or > MaxChoices)
            problems.Add(new($"{place}.choices", "A choice needs 2 to {0} values; it has {1}.", MaxChoices, field.Choices.Count));
        foreach (var twice in field.Choices.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            problems.Add(new($"{place}.choices", "The choice \"{0}\" is there twice.", Shorten(twice.Key)));
        for (var i = 0; i < Math.Min(field.Choices.Count, MaxChoices); i++) CheckText($"{place}.choices[{i}]", field.Choices[i], MaxExample, problems);
    }

    internal static void CheckText(string place, string text, int limit, List<TemplateProblem> problems)
    {
        if (text.Length > limit) problems.Add(new(place, "The text has {0} characters; the limit is {1}.", text.Length, limit));
        if (!IsWhole(text) || text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            problems.Add(new(place, "The text holds characters that cannot be printed. Type it again."));
    }

    private static bool IsFieldKey(string key) => key.Length is > 0 and <= MaxKey && IsWhole(key)
        && key.EnumerateRunes().All(r => Rune.IsLetterOrDigit(r) || r.Value is '_' or '-');

    /// <summary>False where the text holds half of a surrogate pair, which no file and no database can store.</summary>
    internal static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
