using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Scores;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Widgets;

/// <summary>Names of verdicts, states and rules in the visitor's language; pages and the Excel file use the same.</summary>
public static class ScoreWords
{
    public static string Name(this IStringLocalizer l, CellMatch match) => match switch
    {
        CellMatch.Exact => l["exact"],
        CellMatch.Wrong => l["wrong"],
        CellMatch.Missing => l["missing"],
        CellMatch.Extra => l["extra"],
        _ => "",
    };

    public static string Name(this IStringLocalizer l, RowStatus status) => status switch
    {
        RowStatus.Queued => l["Queued"],
        RowStatus.Running => l["Running"],
        RowStatus.Answered => l["Answered"],
        RowStatus.InReview => l["In review"],
        RowStatus.Accepted => l["Accepted"],
        RowStatus.Failed => l["Failed"],
        _ => l["Cancelled"],
    };

    /// <summary>The normalisation of a type in one sentence; the English is that of <c>Normaliser.Describe</c>.</summary>
    public static string Rule(this IStringLocalizer l, FieldType type) => type switch
    {
        FieldType.Date => l["Dates in any usual order become yyyy-MM-dd: day first unless impossible or the year leads; times are ignored."],
        FieldType.Number => l["Numbers become plain decimals: grouping, units and trailing zeros are ignored; Chinese numerals are read."],
        FieldType.Money => l["Amounts become plain decimals: currency, grouping and trailing zeros are ignored; Chinese capital amounts are read."],
        FieldType.Id => l["Width, case and spaces are ignored; every other character, hyphens included, must be the same."],
        FieldType.Phone => l["Only digits and a leading + are compared."],
        FieldType.YesNo => l["Yes, true, 1, 是, 有 and the like are yes; no, false, 0, 否, 无 and the like are no."],
        FieldType.List => l["Entries are compared one by one in order, each by the text rule."],
        FieldType.Choice => l["Compared by the text rule."],
        _ => l["Width, case, kinds of quotes and dashes, repeated spaces, spaces beside punctuation or Chinese characters, and end punctuation are ignored."],
    };
}
