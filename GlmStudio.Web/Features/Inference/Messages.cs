using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GlmStudio.Web.Features.Inference;

/// <summary>Body of <c>POST /v1/batch-infer</c>. Entries are read one by one, so that a malformed one fails alone.</summary>
public sealed record BatchInferRequest(
    [property: Description("The questions, each with its picture; answered in this order.")] IReadOnlyList<JsonElement>? Requests,
    [property: Description("Engine for all entries; the default engine where it is left out.")] string? Model,
    [property: Description("Whether the model gets the pictures' printed text, for all entries: default (as it was trained), pageText, pictureOnly, textOnly.")] string? Grounding);

/// <summary>One entry of <see cref="BatchInferRequest.Requests"/>.</summary>
public sealed record InferItem(
    [property: Description("A data URI, base64 text or an http(s) address; an array of them for several pictures.")] JsonElement? Image,
    [property: Description("The instruction or question.")] string? Prompt,
    [property: Description("Most tokens to generate, 1 … 32768; 1024 where left out."), JsonPropertyName("max_tokens")] int? MaxTokens,
    [property: Description("0 (default) is greedy and repeatable; at most 2.")] double? Temperature,
    [property: Description("Engine for this entry.")] string? Model,
    [property: Description("Whether the model gets the pictures' printed text: default (as it was trained), pageText, pictureOnly, textOnly.")] string? Grounding);

/// <summary>The body as the documentation shows it.</summary>
public sealed record BatchInferShape(IReadOnlyList<InferItem> Requests, string? Model, string? Grounding);

/// <summary>Answer of <c>POST /v1/batch-infer</c>.</summary>
public sealed record BatchInferResponse([property: Description("One entry a request, in the order of the requests.")] IReadOnlyList<InferResult> Results);

/// <summary>One answer, or why there is none.</summary>
public sealed record InferResult(
    [property: Description("The answer; empty where the entry failed.")] string Text)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Why the entry failed; absent where it was answered.")]
    public string? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyName("finish_reason"), Description("stop, or length where max_tokens cut the answer off.")]
    public string? FinishReason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Usage? Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The question rule that answered; absent where the question was asked as it stands.")]
    public string? Rule { get; init; }

    [Description("Seconds the engine took.")]
    public double Seconds { get; init; }
}

/// <summary>Token counts.</summary>
public sealed record Usage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("completion_tokens")] int CompletionTokens)
{
    [JsonPropertyName("total_tokens")]
    public int TotalTokens => PromptTokens + CompletionTokens;
}

/// <summary>Body of <c>POST /v1/chat</c>.</summary>
public sealed record ChatRequest(
    [property: Description("A data URI, base64 text or an http(s) address; an array for several pictures; may be left out.")] JsonElement? Image,
    [property: Description("What to ask.")] string? Question,
    [property: Description("In place of the question: the key of a template, whose newest version is asked; the answer is a JSON object of its values under its rules.")] string? Template,
    [property: Description("true: the answer comes as text/event-stream, data: {\"delta\": …} a piece, then data: [DONE].")] bool? Stream,
    [property: Description("Most tokens to generate, 1 … 32768; 1024 where left out."), JsonPropertyName("max_tokens")] int? MaxTokens,
    [property: Description("0 (default) is greedy and repeatable; at most 2.")] double? Temperature,
    [property: Description("Engine; the default engine where it is left out.")] string? Model,
    [property: Description("Whether the model gets the pictures' printed text: default (as it was trained), pageText, pictureOnly, textOnly.")] string? Grounding);

/// <summary>Answer of <c>POST /v1/chat</c>.</summary>
public sealed record ChatResponse(string Answer, string Model, [property: JsonPropertyName("finish_reason")] string FinishReason, Usage? Usage, double Seconds)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The question rule, or the template, that answered; absent where the question was asked as it stands.")]
    public string? Rule { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("What the template found wrong with the values, by field key; absent where nothing.")]
    public IReadOnlyDictionary<string, string>? Messages { get; init; }
}

/// <summary>One event of a streamed answer.</summary>
public sealed record ChatDelta(string Delta)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyName("finish_reason")]
    public string? FinishReason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }
}

/// <summary>Body of <c>POST /api/predict</c>, as Gradio clients send it.</summary>
public sealed record PredictRequest(
    [property: Description("The picture (data URI, base64 or address; null for none), then the question.")] IReadOnlyList<JsonElement>? Data,
    [property: Description("Engine; the default engine where it is left out.")] string? Model,
    [property: Description("Whether the model gets the pictures' printed text: default (as it was trained), pageText, pictureOnly, textOnly.")] string? Grounding);

/// <summary>Answer of <c>POST /api/predict</c>.</summary>
public sealed record PredictResponse(
    IReadOnlyList<string> Data, double Duration, [property: JsonPropertyName("is_generating")] bool IsGenerating = false);
