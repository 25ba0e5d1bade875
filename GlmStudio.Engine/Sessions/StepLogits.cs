namespace GlmStudio.Engine.Sessions;

/// <summary>What a run leaves of its logits: all of them, or what the choice of the likeliest token takes.</summary>
/// <param name="All">[sequences, vocabulary], until the next run; empty where they stayed on the card.</param>
/// <param name="Summaries">One a sequence; null where the logits are there.</param>
internal readonly record struct StepLogits(Memory<float> All, IReadOnlyList<LogitSummary>? Summaries = null)
{
    public static implicit operator StepLogits(Memory<float> logits) => new(logits);
}
