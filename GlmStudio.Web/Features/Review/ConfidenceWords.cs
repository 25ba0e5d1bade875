using GlmStudio.Web.Domain.Confidence;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Features.Review;

/// <summary>Why a value may be wrong, in the visitor's language.</summary>
internal static class ConfidenceWords
{
    public static string Reason(this IStringLocalizer l, DoubtReason reason) => reason.Kind switch
    {
        Doubt.ReadingsDisagree => l["two readings disagree: the reader has {0}", reason.Detail ?? ""],
        Doubt.ReaderFoundOne => l["the reader found {0}", reason.Detail ?? ""],
        Doubt.ReaderFoundNone => l["the reader found none"],
        Doubt.AskedAgainOther => l["asked again: {0}", reason.Detail ?? ""],
        Doubt.AskedAgainNone => l["asked again: none"],
        Doubt.AskedAgainSame => l["asked again: the same"],
        Doubt.SecondChoice => l["second choice was {0}", reason.Detail ?? ""],
        Doubt.UnsureStart => l["unsure how it begins"],
        Doubt.UnsurePresence => l["unsure whether there is one"],
        Doubt.NotOnPage => l["not found on the page"],
        Doubt.OnlyAlike => l["the page shows only something like it"],
        Doubt.FaintLine => l["its line was hard to read"],
        Doubt.Picture => PictureNote(l, reason.Detail),
        _ => l["the answer was cut off"],
    };

    private static string PictureNote(IStringLocalizer l, string? note) => note switch
    {
        "small" => l["small picture"],
        "blurred" => l["blurred picture"],
        "dark" => l["dark picture"],
        "bright" => l["pale picture"],
        _ => l["turned picture"],
    };
}
