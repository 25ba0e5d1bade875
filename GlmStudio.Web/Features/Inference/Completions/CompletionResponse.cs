using System.Text;
using System.Text.Json.Serialization;
using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>Answer of <c>POST /v1/chat/completions</c>.</summary>
public sealed record CompletionResponse(string Id, long Created, string Model, IReadOnlyList<CompletionChoice> Choices, Usage? Usage)
{
    public string Object => "chat.completion";
}

/// <summary>The one answer.</summary>
public sealed record CompletionChoice(
    CompletionAnswer Message, TokenLogprobs? Logprobs, [property: JsonPropertyName("finish_reason")] string FinishReason, int Index = 0);

/// <summary>What the model said, its thinking apart.</summary>
public sealed record CompletionAnswer(string Content)
{
    public string Role => "assistant";

    [JsonPropertyName("reasoning_content"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningContent { get; init; }
}

/// <summary>One event of a streamed answer.</summary>
public sealed record CompletionChunk(string Id, long Created, string Model, IReadOnlyList<ChunkChoice> Choices)
{
    public string Object => "chat.completion.chunk";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Usage? Usage { get; init; }
}

/// <summary>What a chunk adds to the answer.</summary>
public sealed record ChunkChoice(ChunkDelta Delta, TokenLogprobs? Logprobs = null, [property: JsonPropertyName("finish_reason")] string? FinishReason = null, int Index = 0);

/// <summary>A piece of the answer or of the thinking; what is not there is left out.</summary>
public sealed record ChunkDelta
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Content { get; init; }

    [JsonPropertyName("reasoning_content"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningContent { get; init; }
}

/// <summary>The answer's tokens; marks that nobody sees and the thinking are left out.</summary>
public sealed record TokenLogprobs(IReadOnlyList<TokenLogprob> Content)
{
    public static TokenLogprobs Of(IEnumerable<ChosenToken> tokens) => new([.. tokens.Where(t => !t.Bytes.IsEmpty).Select(TokenLogprob.Of)]);
}

/// <summary>A token: its text (U+FFFD for half a character), log-probability and bytes. Other candidates are not given.</summary>
public sealed record TokenLogprob(string Token, double Logprob, IReadOnlyList<int> Bytes, [property: JsonPropertyName("top_logprobs")] IReadOnlyList<TokenLogprob> TopLogprobs)
{
    /// <summary>Log-probability among the tokens that the answer's form permitted, 0 where it left no choice; absent where the answer has no form.</summary>
    [JsonPropertyName("permitted_logprob"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PermittedLogprob { get; init; }

    public static TokenLogprob Of(ChosenToken token) =>
        new(Encoding.UTF8.GetString(token.Bytes.Span), token.LogProbability, [.. token.Bytes.ToArray().Select(b => (int)b)], []) { PermittedLogprob = token.PermittedLogProbability };
}
