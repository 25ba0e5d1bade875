using System.Text;

namespace GlmStudio.Engine;

/// <summary>Reads each finished answer once more without the grammar it was made in; a mismatch is counted, and is a bug.</summary>
/// <param name="request">What was asked.</param>
internal sealed class FormCheck(GlmRequest request)
{
    private readonly StringBuilder _answer = new();

    public void Add(TextUpdate update)
    {
        // A stop text cuts an answer wherever it stands.
        if (request.Form is not { } form || request.Sampling.Stop.Count > 0) return;
        _answer.Append(update.Delta);
        if (update.Finish == FinishReason.Stop && !form.Accepts(_answer.ToString())) EngineMeters.Mismatches.Add(1);
    }
}
