using GlmStudio.Engine.Model;

namespace GlmStudio.Engine.Prompts;

/// <summary>A conversation as token ids, each image's placeholder repeated once a feature that has a token.</summary>
internal static class PromptTokens
{
    /// <exception cref="EngineException">The rendered text has another number of placeholders than there are images.</exception>
    public static List<int> Of(string rendered, Tokenizer tokenizer, int imageTokenId, IReadOnlyList<FeatureGrid> grids)
    {
        var ids = new List<int>();
        var image = 0;
        foreach (var id in tokenizer.Encode(rendered))
        {
            if (id != imageTokenId) ids.Add(id);
            else if (image < grids.Count) ids.AddRange(Enumerable.Repeat(id, grids[image++].Count));
            else throw Mismatch(image + 1, grids.Count);
        }
        return image == grids.Count ? ids : throw Mismatch(image, grids.Count);
    }

    private static EngineException Mismatch(int placeholders, int images) =>
        new(EngineFault.BadRequest, $"The conversation has {placeholders} image places for {images} images.");
}
