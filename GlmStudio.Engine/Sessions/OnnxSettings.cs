using System.Globalization;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>How a session computes.</summary>
/// <param name="Threads">Threads one run may use, at least 1; 0 takes all cores.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda:N</c>.</param>
public sealed record OnnxSettings(int Threads = 0, string Device = "cpu")
{
    internal const string Cuda = "cuda:";

    /// <summary>Keep freed memory for the next run. Models whose input changes its shape at every run hoard it.</summary>
    public bool Arena { get; init; }

    /// <summary>The stream of the card on which runs are done; 0: the runtime's own.</summary>
    internal nint Stream { get; init; }

    /// <summary>Whether runs are recorded as CUDA graphs, unless a run says otherwise.</summary>
    internal bool Records { get; init; }

    /// <summary>Whether the session knows the operators of our own.</summary>
    internal bool AddsOperators { get; init; }

    /// <summary>Whether operators of our own can be had for such numbers on this device.</summary>
    internal bool HasOperators(Arithmetic arithmetic) => IsCard && CardKernels.AreThere(Card, arithmetic.Type);

    /// <summary>Whether <see cref="Device"/> is a card.</summary>
    internal bool IsCard => Device.StartsWith(Cuda, StringComparison.Ordinal);

    /// <summary>The number of the card.</summary>
    internal int Card => CardOf(Device);

    internal SessionOptions ToOptions()
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = Threads > 0 ? Threads : Environment.ProcessorCount,
            EnableCpuMemArena = Arena,
            EnableMemoryPattern = false, // patterns serve fixed shapes only
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"); // waiting threads would take the cores from other work
        if (IsCard)
        {
            // Its kernel takes nearly three times as long as the three operators that it would replace (measured with BF16 on an H200).
            options.AddSessionConfigEntry("optimization.disable_specified_optimizers", "QuickGeluFusion");
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(CardOptions());
            options.AppendExecutionProvider_CUDA(cuda);
            if (AddsOperators) CardOperators.AddTo(options);
        }
        return options;
    }

    private Dictionary<string, string> CardOptions()
    {
        var options = new Dictionary<string, string>
        {
            ["device_id"] = Card.ToString(CultureInfo.InvariantCulture),
            ["arena_extend_strategy"] = "kSameAsRequested", // doubling would take memory that the cache needs
        };
        if (Stream == 0) return options;
        options["user_compute_stream"] = Stream.ToString(CultureInfo.InvariantCulture);
        options["has_user_compute_stream"] = "1";
        options["enable_cuda_graph"] = Records ? "1" : "0";
        return options;
    }

    /// <summary>The number of a device that is a card; null: the processor.</summary>
    internal static int? CardNumber(string device) => device.StartsWith(Cuda, StringComparison.Ordinal) ? CardOf(device) : null;

    /// <summary>The number of a card.</summary>
    internal static int CardOf(string device) => int.Parse(device.AsSpan(Cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
