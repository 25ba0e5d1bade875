using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Loads graphs from memory whose weights stay in a checkpoint folder.</summary>
internal static class GraphSession
{
    // Its own log tells of operators that were meant as they are; what goes wrong is thrown.
    static GraphSession() => OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;

    public static InferenceSession Load(byte[] model, string weightsFolder, OnnxSettings settings)
    {
        using var options = settings.ToOptions();
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", weightsFolder);
        try
        {
            return CardGate.Shared(settings, () => new InferenceSession(model, options));
        }
        catch (OnnxRuntimeException fault)
        {
            throw new EngineException(EngineFault.BadCheckpoint, $"ONNX Runtime cannot load the model of {weightsFolder}: {fault.Message}", fault);
        }
    }

    /// <summary>A tensor over managed memory, pinned until it is disposed.</summary>
    public static OrtValue Tensor<T>(T[] values, params long[] shape) where T : unmanaged => OrtValue.CreateTensorValueFromMemory(values, shape);

    /// <inheritdoc cref="Tensor{T}(T[], long[])"/>
    public static OrtValue Tensor<T>(Memory<T> values, params long[] shape) where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
}
