using GlmStudio.Engine.Images;

namespace GlmStudio.Engine.Model;

/// <summary>A picture as the vision tower takes it: the bytes of its patches in merge order. The network itself makes numbers of them and repeats them for every frame.</summary>
/// <param name="Bytes">[patches, channels × patch × patch], 0 … 255.</param>
/// <param name="Grid">Patches, vertically and horizontally.</param>
internal sealed record PatchPixels(byte[] Bytes, PatchGrid Grid)
{
    public static PatchPixels Of(RgbImage image, PreprocessorConfig config)
    {
        var (height, width) = SmartResize.Of(image.Height, image.Width, config);
        var resized = (image.Height, image.Width) == (height, width) ? image : ImageResize.Bicubic(image, width, height, ResizeReference.Torchvision);
        var grid = new PatchGrid(height / config.PatchSize, width / config.PatchSize);
        var length = 3 * config.PatchSize * config.PatchSize;
        var bytes = GC.AllocateUninitializedArray<byte>(checked(grid.Count * length));
        var places = grid.MergeOrder(config.MergeSize).ToArray();
        // A row of squares of patches is a few hundred kilobytes: enough for another core.
        var band = grid.Width * config.MergeSize;
        Parallel.For(0, places.Length / band, rows =>
        {
            for (var patch = rows * band; patch < (rows + 1) * band; patch++)
                Cut(resized, places[patch].Row * config.PatchSize, places[patch].Column * config.PatchSize, config.PatchSize, bytes.AsSpan(patch * length, length));
        });
        return new PatchPixels(bytes, grid);
    }

    // Order within a patch: channel, row, column.
    private static void Cut(RgbImage image, int top, int left, int side, Span<byte> target)
    {
        var area = side * side;
        for (var y = 0; y < side; y++)
        {
            var pixels = image.Row(top + y).Slice(left * 3, side * 3);
            Span<byte> red = target.Slice(y * side, side), green = target.Slice(area + y * side, side), blue = target.Slice(2 * area + y * side, side);
            for (int x = 0, i = 0; x < side; x++, i += 3) (red[x], green[x], blue[x]) = (pixels[i], pixels[i + 1], pixels[i + 2]);
        }
    }
}
