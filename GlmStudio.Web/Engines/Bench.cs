using System.Diagnostics;
using System.Diagnostics.Metrics;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;

namespace GlmStudio.Web.Engines;

/// <summary>What to measure.</summary>
public sealed record BenchPlan(string Model, int Images, int Width, int Height, int NewTokens, int Concurrency);

/// <summary>What was measured. Medians in milliseconds; a first token includes decoding and encoding its picture, the cold
/// one (of the first request after loading) also what is still compiled on the way.</summary>
public sealed record BenchFigures(
    BenchPlan Plan, string Device, int Cores, double LoadSeconds, double VisionMs, double PrefillMs, double FirstTokenMs, double ColdFirstTokenMs, double DecodeMsPerStep,
    double TokensPerSecond, double ImagesPerSecond, double PeakMemoryMib)
{
    /// <summary>What holding answers to a form costs a step: 99 of 100 steps wait no longer for their masks, and the share of all time it takes.</summary>
    public required double MaskP99Ms { get; init; }

    /// <summary>Time of all masks over time of all steps of answers in a form.</summary>
    public required double MaskShare { get; init; }
}

/// <summary>Loads a checkpoint and asks it about pictures of noise; speed does not depend on what they show.</summary>
internal static class Bench
{
    public static async Task<BenchFigures> RunAsync(string folder, BenchPlan plan, ImageReader images, GlmEngineOptions options, CancellationToken cancellation)
    {
        var load = Stopwatch.StartNew();
        await using var engine = GlmEngine.Load(folder, images, options, cancellation: cancellation);
        await engine.WarmUpAsync(cancellation);
        load.Stop();
        var pictures = Enumerable.Range(0, plan.Images + 1).Select(seed => new ImageInput(Noise(plan.Width, plan.Height, seed))).ToList();
        var (cold, _) = await AskAsync(engine, pictures[^1], plan.NewTokens, cancellation);

        using var meters = new Samples();
        var first = new List<double>();
        var tokens = 0;
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(pictures.Take(plan.Images), new ParallelOptions { MaxDegreeOfParallelism = plan.Concurrency, CancellationToken = cancellation }, async (picture, stop) =>
        {
            var (firstMs, count) = await AskAsync(engine, picture, plan.NewTokens, stop);
            lock (first) first.Add(firstMs);
            Interlocked.Add(ref tokens, count);
        });
        var seconds = watch.Elapsed.TotalSeconds;
        var (mask, share) = await MaskAsync(engine, pictures, plan.Concurrency, cancellation);
        using var process = Process.GetCurrentProcess();
        return new BenchFigures(plan, options.Device, Environment.ProcessorCount, Math.Round(load.Elapsed.TotalSeconds, 2), meters.MedianMs(EngineMeters.Vision), meters.MedianMs(EngineMeters.Prefill),
            Round(Median(first)), Round(cold), meters.MedianMs(EngineMeters.Decode), Round(tokens / seconds), Round(plan.Images / seconds), Math.Round(process.PeakWorkingSet64 / 1048576.0))
        {
            MaskP99Ms = mask, MaskShare = share,
        };
    }

    // The same pictures once more, held to the form of a receipt's fields. The first answer works out what the others share.
    private static async Task<(double P99Ms, double Share)> MaskAsync(GlmEngine engine, List<ImageInput> pictures, int concurrency, CancellationToken cancellation)
    {
        AskedField[] fields = [.. new[] { FieldType.Text, FieldType.Date, FieldType.Money, FieldType.Id }.Select(t => new AskedField { Key = t.ToString(), Label = "", Type = t })];
        var form = AnswerForm.OfFields(fields);
        using var meters = new Samples();
        await Parallel.ForEachAsync(pictures, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation }, async (picture, stop) =>
        {
            var request = new GlmRequest { Prompt = "Read the receipt.", Images = [picture], Form = form, Thinking = false, Sampling = new SamplingOptions { MaxTokens = 512 } };
            await foreach (var _ in engine.GenerateAsync(request, stop)) { }
        });
        return (meters.P99Ms(EngineMeters.Mask), Math.Round(meters.Sum(EngineMeters.Mask) / Math.Max(1e-9, meters.Sum(EngineMeters.Decode) + meters.Sum(EngineMeters.Mask)), 4));
    }

    private static async Task<(double FirstMs, int Tokens)> AskAsync(GlmEngine engine, ImageInput picture, int newTokens, CancellationToken cancellation)
    {
        var (watch, first, count) = (Stopwatch.StartNew(), 0.0, 0);
        var request = new GlmRequest { Prompt = "What is the total amount?", Images = [picture], Sampling = new SamplingOptions { MaxTokens = newTokens } };
        await foreach (var update in engine.GenerateAsync(request, cancellation))
        {
            if (count == 0) first = watch.Elapsed.TotalMilliseconds;
            count += update.Tokens.Count;
        }
        return (first, count);
    }

    private static byte[] Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return ImageWriter.ToJpeg(new RgbImage(width, height, pixels), 80);
    }

    private static double Round(double value) => Math.Round(value, 2);

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    /// <summary>What the engine's instruments recorded while it lived.</summary>
    private sealed class Samples : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, List<double>> _seconds = [];

        public Samples()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == EngineMeters.Name) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
            {
                lock (_seconds)
                {
                    if (!_seconds.TryGetValue(instrument.Name, out var list)) _seconds[instrument.Name] = list = [];
                    list.Add(value);
                }
            });
            _listener.Start();
        }

        public double MedianMs(Instrument instrument)
        {
            lock (_seconds) return Round(1000 * Median(_seconds.GetValueOrDefault(instrument.Name, [])));
        }

        public double P99Ms(Instrument instrument)
        {
            lock (_seconds) return Round(1000 * (_seconds.GetValueOrDefault(instrument.Name, []) is { Count: > 0 } all ? all.Order().ElementAt(all.Count * 99 / 100) : 0));
        }

        public double Sum(Instrument instrument)
        {
            lock (_seconds) return _seconds.GetValueOrDefault(instrument.Name, []).Sum();
        }

        public void Dispose() => _listener.Dispose();
    }
}
