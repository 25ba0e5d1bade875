using GlmStudio.Engine.Images;

namespace GlmStudio.Engine.Transcription;

/// <summary>Cuts lines out of a page, upright and at the height the networks read.</summary>
internal static class LineCropper
{
    /// <summary>Height of a crop in pixels.</summary>
    public const int Height = 48;

    private const double OnePixel = 1.3;
    private const int MostSamples = 6;

    /// <summary>The width a region has at <see cref="Height"/>, 16 … <paramref name="most"/>.</summary>
    public static int WidthOf(TextRegion region, int most) =>
        (int)Math.Clamp(Math.Round(Height * region.Length / Math.Max(1, region.Height)), 16, most);

    /// <summary>Draws a region into one picture of a batch: planes blue, green, red, values -1 … 1. The rest of the picture stays as it is.</summary>
    /// <param name="page">Where the region is.</param>
    /// <param name="region">In pixels of the page; parts outside it repeat its edge.</param>
    /// <param name="planes">3 planes of <see cref="Height"/> rows of <paramref name="stride"/> values.</param>
    /// <param name="stride">Width of the batch's pictures, at least <paramref name="width"/>.</param>
    /// <param name="width">Width to draw.</param>
    public static void Draw(RgbImage page, TextRegion region, Span<float> planes, int stride, int width)
    {
        var (sin, cos) = Math.SinCos(region.Angle);
        double across = region.Length / width, down = region.Height / Height;
        // Where a crop's pixel covers several of the page, their mean keeps thin strokes alive.
        int samplesX = Samples(across), samplesY = Samples(down);
        var share = 1f / (samplesX * samplesY);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                float red = 0, green = 0, blue = 0;
                for (var j = 0; j < samplesY; j++)
                {
                    var v = (y + (j + 0.5) / samplesY) * down - region.Height / 2;
                    for (var i = 0; i < samplesX; i++)
                    {
                        var u = (x + (i + 0.5) / samplesX) * across - region.Length / 2;
                        Sample(page, region.X + u * cos - v * sin - 0.5, region.Y + u * sin + v * cos - 0.5, ref red, ref green, ref blue);
                    }
                }
                var at = y * stride + x;
                planes[at] = Normal(blue * share);
                planes[at + Height * stride] = Normal(green * share);
                planes[at + 2 * Height * stride] = Normal(red * share);
            }
        }
    }

    private static int Samples(double pixels) => Math.Clamp((int)Math.Ceiling(pixels / OnePixel), 1, MostSamples);

    private static float Normal(float value) => value / 127.5f - 1;

    private static void Sample(RgbImage page, double x, double y, ref float red, ref float green, ref float blue)
    {
        x = Math.Clamp(x, 0, page.Width - 1);
        y = Math.Clamp(y, 0, page.Height - 1);
        int left = (int)x, top = (int)y;
        float fx = (float)(x - left), fy = (float)(y - top);
        var right = left + 1 < page.Width ? 3 : 0;
        var first = page.Pixels.AsSpan((top * page.Width + left) * 3);
        var second = top + 1 < page.Height ? page.Pixels.AsSpan(((top + 1) * page.Width + left) * 3) : first;
        float a = (1 - fx) * (1 - fy), b = fx * (1 - fy), c = (1 - fx) * fy, d = fx * fy;
        red += a * first[0] + b * first[right] + c * second[0] + d * second[right];
        green += a * first[1] + b * first[right + 1] + c * second[1] + d * second[right + 1];
        blue += a * first[2] + b * first[right + 2] + c * second[2] + d * second[right + 2];
    }
}
