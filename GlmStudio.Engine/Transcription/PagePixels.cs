using GlmStudio.Engine.Images;

namespace GlmStudio.Engine.Transcription;

/// <summary>Whole-page pixel work: shrinking by a whole factor and turning by quarters.</summary>
internal static class PagePixels
{
    /// <summary>Each pixel is the mean of a <paramref name="factor"/>² square; a rest at the right or bottom edge is cut off.</summary>
    public static RgbImage Shrink(RgbImage page, int factor)
    {
        if (factor <= 1) return page;
        int width = Math.Max(1, page.Width / factor), height = Math.Max(1, page.Height / factor);
        int across = Math.Min(factor, page.Width), down = Math.Min(factor, page.Height);
        var pixels = GC.AllocateUninitializedArray<byte>(width * height * 3);
        Parallel.For(0, height, () => new int[page.Width * 3], (y, _, sums) =>
        {
            Array.Clear(sums);
            for (var dy = 0; dy < down; dy++)
            {
                var source = page.Pixels.AsSpan((y * factor + dy) * page.Width * 3, page.Width * 3);
                for (var i = 0; i < source.Length; i++) sums[i] += source[i];
            }
            var target = pixels.AsSpan(y * width * 3, width * 3);
            for (var x = 0; x < width; x++)
            {
                int red = 0, green = 0, blue = 0, at = x * factor * 3;
                for (var dx = 0; dx < across; dx++, at += 3)
                {
                    red += sums[at];
                    green += sums[at + 1];
                    blue += sums[at + 2];
                }
                target[x * 3] = (byte)(red / (across * down));
                target[x * 3 + 1] = (byte)(green / (across * down));
                target[x * 3 + 2] = (byte)(blue / (across * down));
            }
            return sums;
        }, _ => { });
        return new RgbImage(width, height, pixels);
    }

    /// <summary>The page turned clockwise by <paramref name="quarters"/> (0 … 3).</summary>
    public static RgbImage Turn(RgbImage page, int quarters)
    {
        if (quarters == 0) return page;
        var (width, height) = quarters == 2 ? (page.Width, page.Height) : (page.Height, page.Width);
        var pixels = GC.AllocateUninitializedArray<byte>(page.Pixels.Length);
        Parallel.For(0, height, y =>
        {
            // The source of (x, y), and how far it moves when x grows by one.
            var (at, step) = quarters switch
            {
                1 => ((page.Height - 1) * page.Width + y, -page.Width),
                2 => ((page.Height - 1 - y) * page.Width + page.Width - 1, -1),
                _ => (page.Width - 1 - y, page.Width),
            };
            for (var x = 0; x < width; x++, at += step) page.Pixels.AsSpan(at * 3, 3).CopyTo(pixels.AsSpan((y * width + x) * 3));
        });
        return new RgbImage(width, height, pixels);
    }

    /// <summary>Where a box of a page turned clockwise by <paramref name="quarters"/> stands on the page before.</summary>
    public static PageBox TurnBack(PageBox box, int quarters) => quarters switch
    {
        1 => new PageBox(box.Y, 1 - box.X - box.Width, box.Height, box.Width),
        2 => new PageBox(1 - box.X - box.Width, 1 - box.Y - box.Height, box.Width, box.Height),
        3 => new PageBox(1 - box.Y - box.Height, box.X, box.Height, box.Width),
        _ => box,
    };
}
