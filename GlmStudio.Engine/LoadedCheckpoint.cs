using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine;

/// <summary>Everything a checkpoint folder becomes when it is loaded.</summary>
internal sealed class LoadedCheckpoint : IDisposable
{
    private readonly Checkpoint _weights;

    private LoadedCheckpoint(Checkpoint checkpoint, Checkpoint weights, GlmEngineOptions options, WeightPlan plan, int longestContext)
    {
        (Checkpoint, _weights, Options) = (checkpoint, weights, options);
        Config = GlmConfig.Read(checkpoint);
        Preprocessor = PreprocessorConfig.Read(checkpoint, Config.Vision);
        Tokenizer = Tokenizer.Read(checkpoint.Folder);
        Template = ChatTemplate.Of(checkpoint);
        (BoxStart, BoxEnd) = (Tokenizer.AddedId("<|begin_of_box|>"), Tokenizer.AddedId("<|end_of_box|>"));
        var settings = new OnnxSettings(options.Threads, options.Device);
        var capacity = options.ContextTokens > 0 ? Math.Min(options.ContextTokens, Config.Text.MaxPositions) : Math.Min(longestContext, Config.Text.MaxPositions);
        Vision = new VisionSession(weights, Config.Vision, settings, plan.Arithmetic, RunLengths.ForVision(settings));
        try
        {
            Text = TextRunner.Open(weights, Config.Text, settings, options.Slots, capacity, plan.Arithmetic);
        }
        catch
        {
            Vision.Dispose();
            throw;
        }
    }

    public Checkpoint Checkpoint { get; }

    /// <summary>The options as they came to be: with the device that is there.</summary>
    public GlmEngineOptions Options { get; }

    /// <summary>Why the device is not the one that was asked for.</summary>
    public string? Warning { get; private init; }

    public GlmConfig Config { get; }
    public PreprocessorConfig Preprocessor { get; }
    public Tokenizer Tokenizer { get; }
    public ChatTemplate Template { get; }
    public VisionSession Vision { get; }
    public TextRunner Text { get; }
    public int? BoxStart { get; }
    public int? BoxEnd { get; }

    public static LoadedCheckpoint Open(
        string folder, GlmEngineOptions options, DeviceChoice device, int longestContext, IProgress<double>? progress, CancellationToken cancellation)
    {
        var checkpoint = Checkpoint.Open(folder);
        // What was chosen for a card is not what the processor takes instead.
        var isInstead = device.Warning is not null && device.Device == DeviceChoice.Cpu;
        options = options with { Device = device.Device, Weights = isInstead ? options.Weights with { Precision = Precision.Auto } : options.Weights };
        var cache = options.CacheFolder ?? Path.Combine(Path.GetTempPath(), "glm-studio-weights");
        var plan = options.Weights.ToPlan(options.Device);
        var conversion = plan.ToConversion();
        var weights = conversion.IsNeeded(checkpoint) ? ConvertedCheckpoint.Open(checkpoint, conversion, cache, progress, cancellation) : checkpoint;
        return new LoadedCheckpoint(checkpoint, weights, options, plan, longestContext) { Warning = device.Warning ?? CardKernels.Problem(OnnxSettings.CardNumber(options.Device), plan.Arithmetic.Type) };
    }

    public void Dispose()
    {
        Text.Dispose();
        Vision.Dispose();
        _weights.Dispose();
        Checkpoint.Dispose();
    }
}
