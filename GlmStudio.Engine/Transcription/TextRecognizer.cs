using GlmStudio.Engine.Images;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine.Transcription;

/// <summary>Reads lines: PP-OCRv4 recognition, in batches of lines of like width.</summary>
internal sealed class TextRecognizer(OnnxModel model, KeyTable keys)
{
    private const int MostWidth = 3200;
    private const int LeastWidth = 64;
    private const int WidthStep = 32;
    private const int BatchPixels = 2560;
    private const int BatchLines = 8;

    /// <summary>What stands in each region, in the order of the regions.</summary>
    public ReadLine[] Read(RgbImage page, IReadOnlyList<TextRegion> regions, CancellationToken cancellation)
    {
        var answers = new ReadLine[regions.Count];
        var waiting = Enumerable.Range(0, regions.Count).OrderByDescending(i => LineCropper.WidthOf(regions[i], MostWidth)).ToArray();
        for (var at = 0; at < waiting.Length;)
        {
            var stride = Stride(LineCropper.WidthOf(regions[waiting[at]], MostWidth));
            var count = Math.Min(Math.Clamp(BatchPixels / stride, 1, BatchLines), waiting.Length - at);
            ReadBatch(page, regions, waiting.AsSpan(at, count), stride, answers, cancellation);
            at += count;
        }
        return answers;
    }

    private static int Stride(int width) => Math.Max(LeastWidth, (width + WidthStep - 1) / WidthStep * WidthStep);

    private void ReadBatch(RgbImage page, IReadOnlyList<TextRegion> regions, ReadOnlySpan<int> batch, int stride, ReadLine[] answers, CancellationToken cancellation)
    {
        var picture = 3 * LineCropper.Height * stride;
        var input = new float[batch.Length * picture];
        for (var i = 0; i < batch.Length; i++)
        {
            var region = regions[batch[i]];
            LineCropper.Draw(page, region, input.AsSpan(i * picture, picture), stride, LineCropper.WidthOf(region, MostWidth));
        }
        using var output = model.Run(input, [batch.Length, 3, LineCropper.Height, stride], cancellation);
        var (steps, classes) = ((int)output.Shape[1], (int)output.Shape[2]);
        if (classes != keys.Count)
            throw new EngineException(EngineFault.BadCheckpoint, $"The recognition model has {classes} classes but the key file gives {keys.Count}: they are not of one release.");
        for (var i = 0; i < batch.Length; i++)
        {
            var region = regions[batch[i]];
            var seen = CtcDecoder.Decode(output.Values.Slice(i * steps * classes, steps * classes), keys);
            answers[batch[i]] = ReadLine.Of(seen, region, stride / (double)steps / LineCropper.WidthOf(region, MostWidth));
        }
    }
}
