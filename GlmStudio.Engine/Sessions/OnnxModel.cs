using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>One ONNX model with one float input and one float output, loaded and ready. Safe for concurrent runs.</summary>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    private OnnxModel(InferenceSession session)
    {
        _session = session;
        _inputs = [session.InputNames[0]];
        _outputs = [session.OutputNames[0]];
    }

    /// <summary>Loads a model from a file.</summary>
    /// <exception cref="EngineException"><see cref="EngineFault.BadCheckpoint"/>: the file is missing, or ONNX Runtime refuses it.</exception>
    public static OnnxModel Load(string path, OnnxSettings settings)
    {
        if (!File.Exists(path))
            throw new EngineException(EngineFault.BadCheckpoint, $"The model file {path} is missing. The build copies it from npm: build again, or restore the file.");
        try
        {
            using var options = settings.ToOptions();
            return new OnnxModel(new InferenceSession(path, options));
        }
        catch (OnnxRuntimeException fault)
        {
            throw new EngineException(EngineFault.BadCheckpoint, $"ONNX Runtime cannot load {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Runs the model once.</summary>
    /// <param name="values">The input tensor, row-major; used in place, not copied.</param>
    /// <param name="shape">Its dimensions; their product is at most the length of <paramref name="values"/>.</param>
    /// <param name="cancellation">Stops a run between two of its operators.</param>
    public OnnxOutput Run(float[] values, ReadOnlySpan<long> shape, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var run = new RunOptions();
        using var stop = cancellation.Register(() => run.Terminate = true);
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, Count(shape)), shape.ToArray());
        try
        {
            return new OnnxOutput(_session.Run(run, _inputs, [input], _outputs));
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _session.Dispose();

    private static int Count(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var side in shape) count *= side;
        return checked((int)count);
    }
}
