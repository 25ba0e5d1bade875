namespace GlmStudio.Engine;

/// <summary>Images and an instruction in, text out. Every way of answering (the built-in reader, a GLM-4V checkpoint) is one of these.</summary>
/// <remarks>Safe for concurrent use. Faults of one request are thrown as <see cref="EngineException"/> and leave the engine serving.</remarks>
public interface IGlmEngine : IAsyncDisposable
{
    /// <summary>What this engine is, for people and for a batch's record.</summary>
    EngineInfo Info { get; }

    /// <summary>Answers one request. The last update carries <see cref="TextUpdate.Finish"/>; concatenated deltas are the answer.</summary>
    /// <exception cref="EngineException">The request cannot be answered: the code says why (unreadable image, prompt too long, …).</exception>
    IAsyncEnumerable<TextUpdate> GenerateAsync(GlmRequest request, CancellationToken cancellation = default);
}
