using System.Globalization;
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
        if (Device.StartsWith(Cuda, StringComparison.Ordinal))
            options.AppendExecutionProvider_CUDA(CardOf(Device));
        return options;
    }

    /// <summary>The number of a card.</summary>
    internal static int CardOf(string device) => int.Parse(device.AsSpan(Cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
