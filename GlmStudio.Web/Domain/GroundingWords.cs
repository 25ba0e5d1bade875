using GlmStudio.Engine;

namespace GlmStudio.Web.Domain;

/// <summary>How <see cref="Grounding"/> is written in template files, calls and on the command line.</summary>
public static class GroundingWords
{
    public static IReadOnlyDictionary<string, Grounding> All { get; } = new Dictionary<string, Grounding>(StringComparer.Ordinal)
    {
        ["default"] = Grounding.ModelDefault, ["pageText"] = Grounding.PageText, ["pictureOnly"] = Grounding.PictureOnly, ["textOnly"] = Grounding.TextOnly,
    };

    /// <summary>The words in one line, for messages.</summary>
    public static string List => string.Join(", ", All.Keys);

    public static string Of(Grounding grounding) => All.First(w => w.Value == grounding).Key;

    /// <summary>What a caller means: null or nothing is the default, a word that is none is null.</summary>
    public static Grounding? Find(string? word) => string.IsNullOrEmpty(word) ? Grounding.ModelDefault : All.TryGetValue(word, out var found) ? found : null;
}
