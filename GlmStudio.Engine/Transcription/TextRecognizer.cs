using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine.Transcription;

/// <summary>Reads lines: PP-OCRv4 recognition, in batches of lines of like width.</summary>
internal sealed class TextRecognizer(OnnxModel model, KeyTable keys, int workers)
{
    private const int MostWidth = 3200;
    private const int Step = 8; // the network answers once for so many columns
    // Padding and large batches both cost time on a CPU: only short lines share a run.
    private const int BatchWidth = 320;

    private readonly record struct Batch(int From, int Count, int Stride);

    /// <summary>What stands in each region, in the order of the regions.</summary>
    public ReadLine[] Read(RgbImage page, IReadOnlyList<TextRegion> regions, CancellationToken cancellation)
    {
        var answers = new ReadLine[regions.Count];
        var widest = Enumerable.Range(0, regions.Count).OrderByDescending(i => LineCropper.WidthOf(regions[i], MostWidth)).ToArray();
        var batches = Partitioner.Create(Batches(regions, widest), EnumerablePartitionerOptions.NoBuffering);
        var side = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(batches, side, b => ReadBatch(page, regions, widest.AsSpan(b.From, b.Count), b.Stride, answers, cancellation));
        }
        catch (AggregateException many)
        {
            ExceptionDispatchInfo.Throw(many.InnerExceptions[0]);
        }
        return answers;
    }

    private static IEnumerable<Batch> Batches(IReadOnlyList<TextRegion> regions, int[] widest)
    {
        for (var from = 0; from < widest.Length;)
        {
            var stride = (LineCropper.WidthOf(regions[widest[from]], MostWidth) + Step - 1) / Step * Step;
            var count = Math.Clamp(BatchWidth / stride, 1, widest.Length - from);
            yield return new Batch(from, count, stride);
            from += count;
        }
    }

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
            var (width, step) = (LineCropper.WidthOf(region, MostWidth), stride / (double)steps);
            var seen = Lookalikes.SettleExpressions(CtcDecoder.Decode(output.Values.Slice(i * steps * classes, steps * classes), keys));
            var green = input.AsSpan(i * picture + LineCropper.Height * stride, LineCropper.Height * stride);
            var words = WordGaps.Restore(seen, green, stride, width, step);
            answers[batch[i]] = ReadLine.Of(Lookalikes.Settle(words), region, step / width);
        }
    }
}
