using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Templates;

/// <summary>How the template's pages name the shapes of an answer; English is the key.</summary>
internal static class ShapeNames
{
    public static string Of(AnswerShape shape) => shape switch
    {
        AnswerShape.FillIn => "A form, one line a field: 【label】: value",
        AnswerShape.Pairs => "A list, one line an entry: name: value",
        _ => "One JSON object",
    };
}
