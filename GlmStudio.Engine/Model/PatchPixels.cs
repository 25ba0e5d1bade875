using GlmStudio.Engine.Images;

namespace GlmStudio.Engine.Model;

/// <summary>A picture as the vision tower takes it: normalised patches in merge order.</summary>
/// <param name="Values">[patches, channels × frames × patch × patch]; both frames of a still image are the same.</param>
/// <param name="Grid">Patches, vertically and horizontally.</param>
internal sealed record PatchPixels(float[] Values, PatchGrid Grid)
{
    public static PatchPixels Of(RgbImage image, PreprocessorConfig config)
    {
        var (height, width) = SmartResize.Of(image.Height, image.Width, config);
        var resized = (image.Height, image.Width) == (height, width) ? image : ImageResize.Bicubic(image, width, height, ResizeReference.Torchvision);
        var grid = new PatchGrid(height / config.PatchSize, width / config.PatchSize);
        var length = 3 * config.TemporalPatchSize * config.PatchSize * config.PatchSize;
        var values = new float[(long)grid.Count * length];
        var table = Table(config);
        foreach (var (patch, (row, column)) in grid.MergeOrder(config.MergeSize).Index())
            Cut(resized, row * config.PatchSize, column * config.PatchSize, config, table, values.AsSpan(patch * length, length));
        return new PatchPixels(values, grid);
    }

    // Order within a patch: channel, frame, row, column.
    private static void Cut(RgbImage image, int top, int left, PreprocessorConfig config, float[][] table, Span<float> target)
    {
        var (side, area) = (config.PatchSize, config.PatchSize * config.PatchSize);
        for (var channel = 0; channel < 3; channel++)
        {
            var first = target.Slice(channel * config.TemporalPatchSize * area, area);
            for (var y = 0; y < side; y++)
            {
                var pixels = image.Row(top + y)[(left * 3)..];
                for (var x = 0; x < side; x++) first[y * side + x] = table[channel][pixels[x * 3 + channel]];
            }
            for (var frame = 1; frame < config.TemporalPatchSize; frame++)
                first.CopyTo(target[((channel * config.TemporalPatchSize + frame) * area)..]);
        }
    }

    // (x − 255·mean) / (255·deviation) for each of the 256 values a channel can have.
    private static float[][] Table(PreprocessorConfig config) => [.. Enumerable.Range(0, 3).Select(channel => Enumerable.Range(0, 256)
        .Select(value => (float)((value - 255 * config.Mean[channel]) / (255 * config.Deviation[channel]))).ToArray())];
}
