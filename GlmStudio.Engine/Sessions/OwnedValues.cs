using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Values of a run, disposed together.</summary>
internal sealed class OwnedValues : IDisposable
{
    private readonly List<OrtValue> _values = [];

    public OrtValue Own(OrtValue value)
    {
        _values.Add(value);
        return value;
    }

    public void Dispose()
    {
        foreach (var value in _values) value.Dispose();
        _values.Clear();
    }
}
