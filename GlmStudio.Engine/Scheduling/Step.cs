namespace GlmStudio.Engine.Scheduling;

/// <summary>One run of the model: a chunk of one prompt, or one token for each of several sequences in slots close together, or one sequence's
/// tokens that were certain beforehand.</summary>
/// <param name="Sequences">In slot order; one where a prompt is being read.</param>
/// <param name="Start">First token of the chunk, counted in the sequence; negative where each sequence continues at its own end.</param>
/// <param name="Count">Tokens a sequence.</param>
/// <param name="GivesTokens">Whether the logits of each sequence's last row are wanted: not inside a prompt.</param>
internal sealed record Step(IReadOnlyList<Sequence> Sequences, int Start, int Count, bool GivesTokens)
{
    /// <summary>Slots between those of the sequences that run along for nothing, and the place of each that may be written to: it is written again before it is read.</summary>
    public IReadOnlyDictionary<int, int> Idle { get; init; } = new Dictionary<int, int>();
}
