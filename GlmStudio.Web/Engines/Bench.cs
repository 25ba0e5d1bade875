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
    double TokensPerSecond, double ImagesPerSecond, double PeakMemoryMib);

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
        using var process = Process.GetCurrentProcess();
        return new BenchFigures(plan, options.Device, Environment.ProcessorCount, Math.Round(load.Elapsed.TotalSeconds, 2), meters.MedianMs(EngineMeters.Vision), meters.MedianMs(EngineMeters.Prefill),
            Round(Median(first)), Round(cold), meters.MedianMs(EngineMeters.Decode), Round(tokens / seconds), Round(plan.Images / seconds), Math.Round(process.PeakWorkingSet64 / 1048576.0));
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

        public void Dispose() => _listener.Dispose();
    }
}
