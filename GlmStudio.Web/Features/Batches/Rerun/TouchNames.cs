namespace GlmStudio.Web.Features.Batches.Rerun;

/// <summary>What an edit does to a field, as pages say it: keys of the translations.</summary>
internal static class TouchNames
{
    public static string Of(TouchKind kind) => kind switch
    {
        TouchKind.Untouched => "untouched",
        TouchKind.RulesOnly => "only its rules change",
        TouchKind.AskedBesideChanges => "asked as before, beside changes in the prompt",
        TouchKind.AskedDifferently => "asked differently",
        TouchKind.Added => "added",
        _ => "removed",
    };
}
