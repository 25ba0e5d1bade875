using GlmStudio.Engine.Images;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine.Transcription;

/// <summary>Finds lines of text on a page: PP-OCRv4 detection, a Differentiable Binarization network (Liao 2020) that gives each pixel
/// the probability of lying in the core of a line.</summary>
internal sealed class TextDetector(OnnxModel model) : IDisposable
{
    private const double PixelBudget = 1.4e6;
    private const int Stride = 32;
    private const float CoreThreshold = 0.3f;
    private const double ScoreThreshold = 0.55;
    private const double UnclipRatio = 1.7; // of 1.3 … 2.0 on photographed receipts: words stay apart, letters stay whole
    private const int MinPixels = 8;
    private const int MinHeight = 3;

    // The network was trained on blue-green-red pictures with these means and deviations (of red-green-blue, as its authors have it).
    private static readonly float[] Means = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviations = [0.229f, 0.224f, 0.225f];

    // A run takes a few hundred MB and all threads: one page at a time.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The regions of a page's lines in its pixels, at most <paramref name="limit"/>, the surest first.</summary>
    public List<TextRegion> Detect(RgbImage page, int limit, CancellationToken cancellation)
    {
        var scale = Math.Min(1, Math.Sqrt(PixelBudget / ((double)page.Width * page.Height)));
        var (width, height) = (Strides(page.Width * scale), Strides(page.Height * scale));
        using var output = RunAlone(Input(page, scale, width, height), [1, 3, height, width], cancellation);
        return [.. Regions(output.Values, width, height)
            .Select(r => r.Scaled(1 / scale))
            .Where(r => r.X >= 0 && r.Y >= 0 && r.X < page.Width && r.Y < page.Height)
            .OrderByDescending(r => r.Score)
            .Take(limit)];
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private OnnxOutput RunAlone(float[] input, ReadOnlySpan<long> shape, CancellationToken cancellation)
    {
        _turn.Wait(cancellation);
        try
        {
            return model.Run(input, shape, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static int Strides(double side) => Math.Max(1, (int)Math.Ceiling(side / Stride)) * Stride;

    private static List<TextRegion> Regions(ReadOnlySpan<float> map, int width, int height)
    {
        var outlines = InkBlobs.Find(map, width, height, CoreThreshold, MinPixels);
        var rectangles = outlines.ConvertAll(o => o.SmallestRectangle());
        var slant = Slant(rectangles);
        var regions = new List<TextRegion>();
        for (var i = 0; i < outlines.Count; i++)
        {
            // The smallest rectangle around a short word is turned by chance; it stands as the page's lines stand.
            var (region, outline) = (rectangles[i], outlines[i]);
            if (Elongation(region) < 3) region = outline.RectangleAt(slant);
            if (Math.Min(region.Length, region.Height) < MinHeight) continue;
            var score = MeanInside(map, width, height, region);
            if (score >= ScoreThreshold) regions.Add(region.Unclipped(UnclipRatio) with { Score = score });
        }
        return regions;
    }

    /// <summary>The angle of the page's lines: the median of the clearly long regions.</summary>
    private static double Slant(List<TextRegion> regions)
    {
        var angles = regions.Where(r => Elongation(r) >= 5).Select(r => r.Angle).Order().ToList();
        return angles.Count == 0 ? 0 : angles[angles.Count / 2];
    }

    private static double Elongation(TextRegion r) => Math.Max(r.Length, r.Height) / Math.Max(1, Math.Min(r.Length, r.Height));

    private static double MeanInside(ReadOnlySpan<float> map, int width, int height, TextRegion region)
    {
        var (sin, cos) = Math.SinCos(region.Angle);
        var reachX = (Math.Abs(cos) * region.Length + Math.Abs(sin) * region.Height) / 2;
        var reachY = (Math.Abs(sin) * region.Length + Math.Abs(cos) * region.Height) / 2;
        var (left, right) = (Math.Max(0, (int)(region.X - reachX)), Math.Min(width - 1, (int)(region.X + reachX)));
        var (top, bottom) = (Math.Max(0, (int)(region.Y - reachY)), Math.Min(height - 1, (int)(region.Y + reachY)));
        double sum = 0;
        var count = 0;
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                double dx = x + 0.5 - region.X, dy = y + 0.5 - region.Y;
                if (Math.Abs(dx * cos + dy * sin) * 2 > region.Length || Math.Abs(dy * cos - dx * sin) * 2 > region.Height) continue;
                sum += map[y * width + x];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /// <summary>The page scaled (bilinear, after averaging whole squares) onto a blue-green-red canvas, its last pixels repeated up to the edge.</summary>
    private static float[] Input(RgbImage page, double scale, int width, int height)
    {
        var factor = Math.Max(1, (int)(1 / scale + 0.25));
        var source = PagePixels.Shrink(page, factor);
        var step = 1 / (scale * factor);
        var input = GC.AllocateUninitializedArray<float>(3 * width * height);
        Parallel.For(0, height, y =>
        {
            var (top, bottom, down) = Taps(y, step, source.Height);
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = Taps(x, step, source.Width);
                for (var channel = 0; channel < 3; channel++)
                {
                    var pixels = source.Pixels.AsSpan(2 - channel);
                    float above = Mix(pixels[(top * source.Width + left) * 3], pixels[(top * source.Width + right) * 3], across);
                    float below = Mix(pixels[(bottom * source.Width + left) * 3], pixels[(bottom * source.Width + right) * 3], across);
                    input[(channel * height + y) * width + x] = (Mix(above, below, down) / 255 - Means[channel]) / Deviations[channel];
                }
            }
        });
        return input;
    }

    private static (int First, int Second, float Share) Taps(int target, double step, int length)
    {
        var at = Math.Clamp((target + 0.5) * step - 0.5, 0, length - 1);
        var first = (int)at;
        return (first, Math.Min(first + 1, length - 1), (float)(at - first));
    }

    private static float Mix(float a, float b, float share) => a + (b - a) * share;
}
