using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>A step that the runtime records the first time and plays back from then on: its inputs and outputs stay where they are.</summary>
/// <param name="binding">Inputs and outputs.</param>
/// <param name="values">What they are bound to.</param>
/// <param name="run">Names the recording.</param>
internal sealed class RecordedStep(OrtIoBinding binding, OwnedValues values, RunOptions run) : IDisposable
{
    /// <summary>In place of a recording's number: the run is not recorded.</summary>
    public const int None = -1;

    public void Run(InferenceSession session) => session.RunWithBinding(run, binding);

    public void Dispose()
    {
        binding.Dispose();
        values.Dispose();
        run.Dispose();
    }
}
