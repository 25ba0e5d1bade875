namespace GlmStudio.Engine.Images;

/// <summary>Measures whether a picture can be read. The notes are hints for people, not verdicts.</summary>
/// <remarks>Thresholds were set on the 60 receipts of the SROIE sample and 12 made ones (none gets a note), and on the same
/// pictures blurred, darkened
/// and washed out. Figures below are at 1,000 pixels on the long side, tones 0 … 255.
/// <list type="bullet">
/// <item><c>small</c>: long side below 400 or short side below 160 pixels; the smallest sample is 443 × 875.</item>
/// <item><c>blurred</c>: sharpness divided by the squared contrast (95 % tone − 0.2 % tone) below 0.0025. The samples have 0.0038 …
/// 0.18, after a
/// Gaussian blur of 2 pixels all have less than 0.002, after 1.5 pixels nine of ten less than 0.0025. Not judged below a contrast
/// of 24.</item>
/// <item><c>dark</c>: even the paper is dark, 95 % tone below 90; samples 219 … 255.</item>
/// <item><c>bright</c>: even the ink is pale, 0.2 % tone above 175; samples 0 … 149. An empty page is bright.</item>
/// <item><c>rotated</c>: lines of text run along the columns. Not judged on blurred pictures, where it cannot be told.</item>
/// </list></remarks>
public static class QualityMeter
{
    private const int LongSide = 1_000, MinLongSide = 400, MinShortSide = 160;
    private const double MinRelativeSharpness = 0.0025;
    private const int MinContrast = 24, DarkPaper = 90, PaleInk = 175;

    /// <summary>Measures an upright picture; larger ones are reduced first, so that thresholds hold for any camera.</summary>
    public static QualityReading Measure(RgbImage image)
    {
        var gray = GrayImage.Of(ImageResize.Fit(image, LongSide));
        var tones = new Tones(gray.Pixels);
        int ink = tones.Percentile(0.002), paper = tones.Percentile(0.95), contrast = paper - ink;
        var sharpness = LaplacianVariance(gray);
        var blurred = contrast >= MinContrast && sharpness < MinRelativeSharpness * contrast * contrast;
        var rotation = blurred ? null : TextDirection.Find(gray);
        var notes = new List<string>();
        if (Math.Max(image.Width, image.Height) < MinLongSide || Math.Min(image.Width, image.Height) < MinShortSide) notes.Add("small");
        if (blurred) notes.Add("blurred");
        if (paper < DarkPaper) notes.Add("dark");
        if (ink > PaleInk) notes.Add("bright");
        if (rotation == 90) notes.Add("rotated");
        return new QualityReading(sharpness, tones.Mean, tones.Clipped, rotation, notes);
    }

    // Variance of 4·centre − left − right − above − below.
    internal static double LaplacianVariance(GrayImage image)
    {
        long sum = 0, squares = 0, count = 0;
        for (var y = 1; y < image.Height - 1; y++)
            for (var x = 1; x < image.Width - 1; x++)
            {
                var value = 4 * image[x, y] - image[x - 1, y] - image[x + 1, y] - image[x, y - 1] - image[x, y + 1];
                sum += value;
                squares += value * value;
                count++;
            }
        if (count == 0) return 0;
        var mean = sum / (double)count;
        return squares / (double)count - mean * mean;
    }

    /// <summary>The distribution of grey values.</summary>
    internal sealed class Tones
    {
        private readonly int[] _histogram = new int[256];
        private readonly int _count;

        public Tones(byte[] gray)
        {
            foreach (var value in gray) _histogram[value]++;
            _count = gray.Length;
        }

        public double Mean => _histogram.Select((n, value) => (double)n * value).Sum() / _count;

        public double Clipped => (_histogram[..3].Sum() + _histogram[253..].Sum()) / (double)_count;

        /// <summary>The grey value below which a share of the pixels lies.</summary>
        public int Percentile(double share)
        {
            var left = (long)(share * _count);
            var value = 0;
            while (value < 255 && (left -= _histogram[value]) >= 0) value++;
            return value;
        }
    }
}
