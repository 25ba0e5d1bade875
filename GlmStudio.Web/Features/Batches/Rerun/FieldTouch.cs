using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Batches.Rerun;

/// <summary>What an edit of the template does to a field.</summary>
public enum TouchKind
{
    /// <summary>Nothing.</summary>
    Untouched,
    /// <summary>Only what happens to the value after it was read.</summary>
    RulesOnly,
    /// <summary>It is asked as before, but what stands around it in the prompt is not.</summary>
    AskedBesideChanges,
    /// <summary>It is asked differently.</summary>
    AskedDifferently,
    /// <summary>It was not there before.</summary>
    Added,
    /// <summary>It is no longer there.</summary>
    Removed,
}

/// <summary>A field and what an edit does to it.</summary>
public sealed record FieldTouch(string Key, string Label, TouchKind Kind)
{
    /// <summary>The fields of both versions: the new one's in order, then what is gone.</summary>
    public static IReadOnlyList<FieldTouch> Between(TemplateVersion before, TemplateVersion after)
    {
        var asksTheSame = before.AsksTheSame(after);
        return
        [
            .. after.Fields.Select(f => new FieldTouch(f.Key, f.Label, KindOf(before.Fields.Find(b => b.Key == f.Key), f, asksTheSame))),
            .. before.Fields.Where(b => !after.Fields.Exists(f => f.Key == b.Key)).Select(b => new FieldTouch(b.Key, b.Label, TouchKind.Removed)),
        ];
    }

    private static TouchKind KindOf(Field? before, Field after, bool asksTheSame)
    {
        if (before is null) return TouchKind.Added;
        if (!asksTheSame && (before.IsComputed != after.IsComputed || (!after.IsComputed && Asked(before) != Asked(after)))) return TouchKind.AskedDifferently;
        var hasOtherRules = StepJson.Write(before.Steps) != StepJson.Write(after.Steps);
        if (asksTheSame || after.IsComputed) return hasOtherRules ? TouchKind.RulesOnly : TouchKind.Untouched;
        return TouchKind.AskedBesideChanges;
    }

    private static (string, FieldTypeText, bool, bool?) Asked(Field field) =>
        (field.Label, new FieldTypeText(field.Type.ToString(), field.Description, field.Example, string.Join('\n', field.Choices)), field.Required, field.Copied);

    private sealed record FieldTypeText(string Type, string Description, string Example, string Choices);
}
