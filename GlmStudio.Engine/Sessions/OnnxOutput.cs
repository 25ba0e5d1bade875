using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>What one run returned: a float tensor in native memory until it is disposed.</summary>
public sealed class OnnxOutput : IDisposable
{
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;

    internal OnnxOutput(IDisposableReadOnlyCollection<OrtValue> values)
    {
        _values = values;
        Shape = values[0].GetTensorTypeAndShape().Shape;
    }

    /// <summary>The tensor's dimensions.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The tensor, row-major. Not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<float> Values => _values[0].GetTensorDataAsSpan<float>();

    /// <inheritdoc />
    public void Dispose() => _values.Dispose();
}
