using GlmStudio.Engine;

namespace GlmStudio.Web.Domain;

/// <summary>How <see cref="AnswerShape"/> is written in template files and calls.</summary>
public static class ShapeWords
{
    public static IReadOnlyDictionary<string, AnswerShape> All { get; } = new Dictionary<string, AnswerShape>(StringComparer.Ordinal)
    {
        ["json"] = AnswerShape.Json, ["fillIn"] = AnswerShape.FillIn, ["pairs"] = AnswerShape.Pairs,
    };

    /// <summary>The words in one line, for messages.</summary>
    public static string List => string.Join(", ", All.Keys);

    public static string Of(AnswerShape shape) => All.First(w => w.Value == shape).Key;
}
