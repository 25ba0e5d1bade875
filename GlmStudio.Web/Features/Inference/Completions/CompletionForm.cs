using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>An answer in OpenAI's form, whole or in chunks.</summary>
internal sealed record CompletionForm(string Id, long Created, string Model, bool WithLogprobs)
{
    public CompletionResponse Whole(Answer answer) => new(Id, Created, Model,
        [new CompletionChoice(new CompletionAnswer(answer.Text) { ReasoningContent = Text(answer.Thinking) }, Logprobs(answer.Tokens), ChatEndpoint.Word(answer.Finish))],
        ChatEndpoint.Counts(answer.Usage));

    /// <summary>The chunks of each piece: the speaker first, the reason of the end last, then the counts where they are wanted.</summary>
    public Func<TextUpdate, IEnumerable<CompletionChunk>> Chunks(bool withUsage)
    {
        var begun = false;
        return update =>
        {
            List<CompletionChunk> chunks = begun ? [] : [Chunk(new ChunkDelta { Role = "assistant", Content = "" })];
            begun = true;
            chunks.AddRange(Piece(update));
            if (update.Finish is { } reason) chunks.Add(Chunk(new ChunkDelta(), finish: ChatEndpoint.Word(reason)));
            if (withUsage && ChatEndpoint.Counts(update.Usage) is { } counts) chunks.Add(new CompletionChunk(Id, Created, Model, []) { Usage = counts });
            return chunks;
        };
    }

    private IEnumerable<CompletionChunk> Piece(TextUpdate update)
    {
        var logprobs = Logprobs(update.Tokens) is { Content.Count: > 0 } some ? some : null;
        if (update.Thinking.Length > 0) yield return Chunk(new ChunkDelta { ReasoningContent = update.Thinking });
        // A token may wait for the rest of its character; its probability does not.
        if (update.Delta.Length > 0 || logprobs is not null) yield return Chunk(new ChunkDelta { Content = update.Delta }, logprobs);
    }

    private CompletionChunk Chunk(ChunkDelta delta, TokenLogprobs? logprobs = null, string? finish = null) =>
        new(Id, Created, Model, [new ChunkChoice(delta, logprobs, finish)]);

    private TokenLogprobs? Logprobs(IReadOnlyList<ChosenToken> tokens) => WithLogprobs ? TokenLogprobs.Of(tokens) : null;

    private static string? Text(string text) => text.Length > 0 ? text : null;
}
