using System.Globalization;
using Microsoft.Extensions.Localization;
using Radzen;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Asks before something goes, and says what goes with it.</summary>
internal static class DatasetDeletion
{
    /// <param name="dialogs">Shows the question.</param>
    /// <param name="L">The visitor's language.</param>
    /// <param name="name">The dataset's name, or null where only pictures go.</param>
    /// <param name="plan">What would go.</param>
    public static async Task<bool?> ConfirmAsync(DialogService dialogs, IStringLocalizer L, string? name, DeletionPlan plan)
    {
        var title = name is null ? L["Delete {0} pictures?", Shown(plan.Pictures)] : L["Delete {0}?", name];
        if (plan.IsRunning)
        {
            await dialogs.Alert(L["A batch is running on this dataset. Cancel it first."], title, new AlertOptions { OkButtonText = L["Close"] });
            return false;
        }
        List<string> parts = [L["{0} pictures", Shown(plan.Pictures)]];
        if (plan.LabelSets > 0) parts.Add(L["{0} label sets", plan.LabelSets]);
        if (plan.Batches > 0 && name is not null) parts.Add(L["{0} batches", plan.Batches]);
        if (plan.Answers > 0) parts.Add(L["{0} answers with their corrections", Shown(plan.Answers)]);
        var text = L["This goes for good: {0}. It cannot be undone.", string.Join(L[", "], parts)];
        return await dialogs.Confirm(text, title, new ConfirmOptions { OkButtonText = L["Delete"], CancelButtonText = L["Cancel"] });
    }

    private static string Shown(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
