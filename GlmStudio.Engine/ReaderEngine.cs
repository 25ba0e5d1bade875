using System.Runtime.CompilerServices;
using GlmStudio.Engine.Transcription;
using GlmStudio.Engine.Values;

namespace GlmStudio.Engine;

/// <summary>The engine without a checkpoint: it reads the printed text and finds the asked values by their labels, places and forms.</summary>
/// <remarks>The default until a checkpoint is loaded, and afterwards a second reading of a different kind. Repeatable: temperature has no effect.</remarks>
/// <param name="pages">Reads the pictures' text; not disposed with the engine.</param>
public sealed class ReaderEngine(PageTranscripts pages) : IGlmEngine
{
    /// <summary>The name it is asked for by.</summary>
    public const string Name = "reader";

    /// <summary>Most pictures of one request.</summary>
    public const int MaxImages = 32;

    private const int MostTokens = 32_768;
    private const int Deltas = 6;

    /// <inheritdoc />
    public EngineInfo Info { get; } = new(Name, "reader", "Reads printed Chinese and English text and finds values by their labels. Needs no checkpoint.",
        "cpu", pages.Concurrency) { IsGrounded = true };

    /// <inheritdoc />
    public async IAsyncEnumerable<TextUpdate> GenerateAsync(GlmRequest request, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Check(request);
        List<Transcript> transcripts = [];
        foreach (var image in request.Images)
            transcripts.Add(await pages.ReadAsync(image, cancellation));
        var answer = await Task.Run(() => ReaderAnswer.To(request, transcripts), cancellation);
        var (text, isCut) = Pieces.Cut(answer.Text, request.Sampling.MaxTokens);
        foreach (var delta in Pieces.Deltas(text, Deltas))
            yield return new TextUpdate(delta);
        yield return new TextUpdate("")
        {
            Finish = isCut ? FinishReason.Length : FinishReason.Stop,
            Readings = answer.Readings,
            Usage = new TokenUsage(Pieces.Count(request.Prompt) + transcripts.Sum(t => t.Lines.Sum(l => Pieces.Count(l.Text))), Pieces.Count(text)),
        };
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Check(GlmRequest request)
    {
        if (request.Images.Count > MaxImages)
            throw new EngineException(EngineFault.BadRequest, $"The request has {request.Images.Count} pictures; send at most {MaxImages}.");
        if (request.Sampling.MaxTokens is < 1 or > MostTokens)
            throw new EngineException(EngineFault.BadRequest, $"MaxTokens is {request.Sampling.MaxTokens}; it goes from 1 to {MostTokens}.");
        if (request.Images.Count == 0 && request.Fields is { Count: > 0 })
            throw new EngineException(EngineFault.BadRequest, "Fields were asked for, but no picture was sent; send the picture to read them from.");
    }
}
