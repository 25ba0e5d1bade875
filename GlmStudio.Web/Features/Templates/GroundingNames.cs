using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Templates;

/// <summary>How the template's pages name the choices about the page's text; English is the key.</summary>
internal static class GroundingNames
{
    public static string Of(Grounding grounding) => grounding switch
    {
        Grounding.PageText => "Given to the model besides the picture",
        Grounding.PictureOnly => "Not given: the picture only",
        Grounding.TextOnly => "Given in place of the picture",
        _ => "As the model was trained",
    };
}
