using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Serialization;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Engines;

/// <summary>What to measure. Requests are asked about pictures of noise, of a width and a height, or about <see cref="Pictures"/>, over again where they are fewer; those have their own sizes.</summary>
public sealed record BenchPlan(string Model, int Images, int? Width, int? Height, int NewTokens, int Concurrency)
{
    /// <summary>Files to ask about; none: noise of the plan's size.</summary>
    [JsonIgnore] public IReadOnlyList<string> Pictures { get; init; } = [];

    /// <summary>Whether the checkpoint is given the pictures' printed text, as a word.</summary>
    public string Grounding { get; init; } = GroundingWords.Of(default);

    /// <summary>What is asked of every picture.</summary>
    public string Prompt { get; init; } = "What is the total amount?";
}

/// <summary>What was measured. Medians in milliseconds; a first token includes decoding and encoding its picture, but not reading its text, which stands
/// in <see cref="TranscriptMs"/> (0 where the checkpoint goes without). With one request at a time it is the picture's bytes to patches (<see cref="PictureMs"/>), the patches to
/// features, the prompt's chunks, and what is left: handing over, sampling, hashing the picture. The cold one (of the first request after loading) also what is still compiled on the way.</summary>
public sealed record BenchFigures(
    BenchPlan Plan, string Device, int Cores, double LoadSeconds, double TranscriptMs, double PictureMs, double VisionMs, double PrefillMs, double FirstTokenMs, double ColdFirstTokenMs,
    double DecodeMsPerStep, int PromptTokens, double TokensPerAnswer, double TokensPerSecond, double ImagesPerSecond, double PeakMemoryMib)
{
    /// <summary>In which numbers it computed and how weights were held; empty: the checkpoint's own in 32 bits.</summary>
    public required string Numbers { get; init; }

    /// <summary>What became of the tokens of blank areas: keep or merge.</summary>
    public required string BlankTokens { get; init; }

    /// <summary>Memory of its cards that is taken, by this program and others; null without a card. Taken memory is kept for what comes next, so it is the most there was.</summary>
    public required long? CardMib { get; init; }

    /// <summary>What holding answers to a form costs a step: 99 of 100 steps wait no longer for their masks, and the share of all time it takes.</summary>
    public required double MaskP99Ms { get; init; }

    /// <summary>Making one mask, most of it while the device computes: 99 of 100 take no longer.</summary>
    public required double MaskMadeP99Ms { get; init; }

    /// <summary>Making the form of values copied from one picture's text, the median; 0 where no text is known.</summary>
    public required double CopiedFormMs { get; init; }

    /// <summary>The same: 99 of 100 take no longer. The first one is still being compiled.</summary>
    public required double CopiedFormP99Ms { get; init; }

    /// <summary>Time of all masks over time of all steps of answers in a form.</summary>
    public required double MaskShare { get; init; }
}

/// <summary>Loads a checkpoint and asks it about pictures; without a text in its prompt, speed does not depend on what they show.</summary>
internal static class Bench
{
    // Weights that were made up seldom end an answer.
    private const int MostForms = 8;

    /// <summary>Loads the checkpoint once and measures one plan after the other.</summary>
    public static async Task<IReadOnlyList<BenchFigures>> RunAsync(
        string folder, IReadOnlyList<BenchPlan> plans, ImageReader images, PageTranscripts pages, GlmEngineOptions options, CancellationToken cancellation)
    {
        // A picture asked about again is looked at again: only its transcript is kept.
        options = options with { FeatureCacheBytes = 0 };
        var load = Stopwatch.StartNew();
        await using var engine = GlmEngine.Load(folder, images, options, pages, cancellation: cancellation);
        await engine.WarmUpAsync(cancellation);
        load.Stop();
        var figures = new List<BenchFigures>();
        foreach (var plan in plans) figures.Add(await MeasureAsync(engine, plan, pages, options, load.Elapsed, cancellation));
        return figures;
    }

    private static async Task<BenchFigures> MeasureAsync(GlmEngine engine, BenchPlan plan, PageTranscripts pages, GlmEngineOptions options, TimeSpan load, CancellationToken cancellation)
    {
        var grounding = GroundingWords.All[plan.Grounding];
        var isGrounded = grounding == Grounding.PageText || (grounding == Grounding.ModelDefault && engine.Info.IsGrounded);
        var pictures = await PicturesAsync(plan, cancellation);
        var transcript = isGrounded ? await ReadAsync(pages, pictures, cancellation) : 0;
        var cold = await AskAsync(engine, pictures[^1], plan, grounding, cancellation);

        using var meters = new Samples();
        var answers = new List<Answer>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, plan.Images, new ParallelOptions { MaxDegreeOfParallelism = plan.Concurrency, CancellationToken = cancellation }, async (i, stop) =>
        {
            var answer = await AskAsync(engine, pictures[i % pictures.Count], plan, grounding, stop);
            lock (answers) answers.Add(answer);
        });
        var seconds = watch.Elapsed.TotalSeconds;
        var card = engine.CardBytes;
        using var masks = await MaskAsync(engine, pictures, grounding, plan.Concurrency, cancellation);
        using var process = Process.GetCurrentProcess();
        return new BenchFigures(plan, engine.Info.Device, Environment.ProcessorCount, Math.Round(load.TotalSeconds, 2), Round(transcript),
            meters.MedianMs(EngineMeters.Picture), meters.MedianMs(EngineMeters.Vision), meters.MedianMs(EngineMeters.Prefill), Round(Median([.. answers.Select(a => a.FirstMs)])), Round(cold.FirstMs),
            meters.MedianMs(EngineMeters.Decode), (int)Median([.. answers.Select(a => (double)a.PromptTokens)]), Round(answers.Average(a => a.Tokens)),
            Round(answers.Sum(a => a.Tokens) / seconds), Round(plan.Images / seconds), Math.Round(process.PeakWorkingSet64 / 1048576.0))
        {
            Numbers = engine.Info.Numbers, BlankTokens = options.BlankTokens.ToString().ToLowerInvariant(),
            CardMib = card / 1048576,
            MaskP99Ms = masks.P99Ms(EngineMeters.Mask), MaskMadeP99Ms = masks.P99Ms(EngineMeters.MaskMade), CopiedFormMs = masks.MedianMs(EngineMeters.CopiedForm), CopiedFormP99Ms = masks.P99Ms(EngineMeters.CopiedForm),
            MaskShare = Math.Round(masks.Sum(EngineMeters.Mask) / Math.Max(1e-9, masks.Sum(EngineMeters.Decode) + masks.Sum(EngineMeters.Mask)), 4),
        };
    }

    // Some of the same pictures once more, held to the form of a receipt's fields. The first answer works out what the others share.
    private static async Task<Samples> MaskAsync(GlmEngine engine, List<ImageInput> pictures, Grounding grounding, int concurrency, CancellationToken cancellation)
    {
        AskedField[] fields = [.. new[] { FieldType.Text, FieldType.Date, FieldType.Money, FieldType.Id }.Select(t => new AskedField { Key = t.ToString(), Label = "", Type = t })];
        var form = AnswerForm.OfFields(fields);
        var samples = new Samples();
        await Parallel.ForEachAsync(pictures.Take(Math.Max(MostForms, concurrency)), new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation }, async (picture, stop) =>
        {
            var request = new GlmRequest
            {
                Prompt = "Read the receipt.", Images = [picture], Form = form, Thinking = false, Grounding = grounding, Sampling = new SamplingOptions { MaxTokens = 256 },
            };
            await foreach (var _ in engine.GenerateAsync(request, stop)) { }
        });
        return samples;
    }

    private sealed record Answer(double FirstMs, int PromptTokens, int Tokens);

    // With noise one picture more than is asked about: the cold request must not fill the cache for the others.
    private static async Task<List<ImageInput>> PicturesAsync(BenchPlan plan, CancellationToken cancellation)
    {
        if (plan is { Width: { } width, Height: { } height }) return [.. Enumerable.Range(0, plan.Images + 1).Select(seed => new ImageInput(Noise(width, height, seed)))];
        var pictures = new List<ImageInput>();
        foreach (var file in plan.Pictures.Take(plan.Images)) pictures.Add(new ImageInput(await File.ReadAllBytesAsync(file, cancellation)));
        return pictures;
    }

    /// <summary>Reads every picture's text, one after the other, and returns the median of the milliseconds.</summary>
    private static async Task<double> ReadAsync(PageTranscripts pages, List<ImageInput> pictures, CancellationToken cancellation)
    {
        var times = new List<double>();
        foreach (var picture in pictures)
        {
            var watch = Stopwatch.StartNew();
            await pages.ReadAsync(picture, cancellation);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return Median(times);
    }

    private static async Task<Answer> AskAsync(GlmEngine engine, ImageInput picture, BenchPlan plan, Grounding grounding, CancellationToken cancellation)
    {
        var (watch, first, count, prompt) = (Stopwatch.StartNew(), 0.0, 0, 0);
        var request = new GlmRequest { Prompt = plan.Prompt, Images = [picture], Grounding = grounding, Sampling = new SamplingOptions { MaxTokens = plan.NewTokens } };
        await foreach (var update in engine.GenerateAsync(request, cancellation))
        {
            if (count == 0) first = watch.Elapsed.TotalMilliseconds;
            count += update.Tokens.Count;
            prompt = update.Usage?.PromptTokens ?? prompt;
        }
        return new Answer(first, prompt, count);
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
