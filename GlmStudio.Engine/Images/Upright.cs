namespace GlmStudio.Engine.Images;

/// <summary>Turns and mirrors pixels as the EXIF orientation asks.</summary>
internal static class Upright
{
    private const int Tile = 64;   // a tile's source columns stay in the cache while its rows are written

    /// <summary>Whether width and height change places.</summary>
    public static bool Swaps(int orientation) => orientation is >= 5 and <= 8;

    /// <param name="image">Pixels as they are stored.</param>
    /// <param name="orientation">1 … 8 as in the EXIF tag; anything else counts as 1.</param>
    public static RgbImage Turn(RgbImage image, int orientation)
    {
        int w = image.Width, h = image.Height, last = w * h - 1;
        // Pixel (x, y) of the result is the stored pixel origin + x·right + y·down.
        var (origin, right, down) = orientation switch
        {
            2 => (w - 1, -1, w),
            3 => (last, -1, -w),
            4 => (last - w + 1, 1, -w),
            5 => (0, w, 1),
            6 => (last - w + 1, -w, 1),
            7 => (last, -w, -1),
            8 => (w - 1, w, -1),
            _ => (0, 1, w),
        };
        if (orientation is < 2 or > 8) return image;
        var (width, height) = Swaps(orientation) ? (h, w) : (w, h);
        var result = RgbImage.Allocate(width, height);
        for (var top = 0; top < height; top += Tile)
            for (var left = 0; left < width; left += Tile)
                for (var y = top; y < Math.Min(height, top + Tile); y++)
                {
                    var run = result.AsSpan((y * width + left) * 3, Math.Min(Tile, width - left) * 3);
                    CopyRun(image.Pixels, (origin + left * right + y * down) * 3, right * 3, run);
                }
        return new RgbImage(width, height, result);
    }

    private static void CopyRun(ReadOnlySpan<byte> source, int from, int step, Span<byte> target)
    {
        for (var i = 0; i < target.Length; i += 3, from += step)
            (target[i], target[i + 1], target[i + 2]) = (source[from], source[from + 1], source[from + 2]);
    }
}
