using GlmStudio.Engine.Images;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine.Transcription;

/// <summary>Tells whether a line stands on its head: PP-OCR's direction network looks at the first 192×48 pixels.</summary>
internal sealed class DirectionClassifier(OnnxModel model)
{
    private const int Width = 192;

    /// <summary>Probability of standing on its head, 0 … 1, for each region.</summary>
    public double[] UpsideDown(RgbImage page, IReadOnlyList<TextRegion> regions, CancellationToken cancellation)
    {
        const int Picture = 3 * LineCropper.Height * Width;
        var input = new float[regions.Count * Picture];
        for (var i = 0; i < regions.Count; i++)
        {
            var start = Start(regions[i]);
            LineCropper.Draw(page, start, input.AsSpan(i * Picture, Picture), Width, LineCropper.WidthOf(start, Width));
        }
        using var output = model.Run(input, [regions.Count, 3, LineCropper.Height, Width], cancellation);
        var answers = new double[regions.Count];
        for (var i = 0; i < answers.Length; i++) answers[i] = output.Values[2 * i + 1];
        return answers;
    }

    private static TextRegion Start(TextRegion region)
    {
        var length = Math.Min(region.Length, region.Height * Width / LineCropper.Height);
        var (x, y) = region.At((length / region.Length - 1) / 2, 0);
        return region with { X = x, Y = y, Length = length };
    }
}
