namespace GlmStudio.Engine.Model;

/// <summary>Three positions a token (time, height, width), and how far the next token's position is from its index.</summary>
/// <param name="Time">Position of each token on the time axis.</param>
/// <param name="Height">Position on the height axis.</param>
/// <param name="Width">Position on the width axis.</param>
/// <param name="Delta">A later token at index n has the position n + Delta on every axis. Negative for large images; positive where blank areas left few tokens.</param>
public sealed record TokenPositions(int[] Time, int[] Height, int[] Width, int Delta)
{
    /// <summary>Positions of a prompt whose image placeholders are already expanded.</summary>
    /// <remarks>Text counts up on all axes. The placeholders of an image stand at one time; height and width count its features from where the
    /// text stopped, and the text goes on after the larger of the two (transformers, glm4v, get_rope_index). Where features have no token, the others' positions
    /// and those of the text are the same.</remarks>
    /// <param name="ids">Token ids.</param>
    /// <param name="imageTokenId">The placeholder's id.</param>
    /// <param name="grids">Features of each image in order.</param>
    /// <exception cref="EngineException">The placeholders do not match the images.</exception>
    public static TokenPositions Of(ReadOnlySpan<int> ids, int imageTokenId, IReadOnlyList<FeatureGrid> grids)
    {
        var (time, height, width) = (new int[ids.Length], new int[ids.Length], new int[ids.Length]);
        var (next, image) = (0, 0);
        for (var i = 0; i < ids.Length;)
        {
            if (ids[i] != imageTokenId)
            {
                time[i] = height[i] = width[i] = next++;
                i++;
                continue;
            }
            var run = ids[i..].IndexOfAnyExcept(imageTokenId) is var end and >= 0 ? end : ids.Length - i;
            if (image == grids.Count) throw Mismatch($"more runs of image placeholders than the {grids.Count} images");
            var grid = grids[image++];
            if (run != grid.Count) throw Mismatch($"{run} placeholders for image {image}, whose {grid.Height}×{grid.Width} features have {grid.Count}");
            for (var j = 0; j < run; j++)
            {
                var (row, column) = grid.Place(j);
                (time[i + j], height[i + j], width[i + j]) = (next, next + row, next + column);
            }
            next += Math.Max(grid.Height, grid.Width);
            i += run;
        }
        if (image != grids.Count) throw Mismatch($"{image} runs of image placeholders for {grids.Count} images");
        return new TokenPositions(time, height, width, next - ids.Length);
    }

    private static EngineException Mismatch(string why) => new(EngineFault.BadRequest, $"The prompt and its images do not match: {why}.");
}
