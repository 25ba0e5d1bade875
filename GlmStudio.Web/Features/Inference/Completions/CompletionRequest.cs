using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>Body of <c>POST /v1/chat/completions</c>. Fields that are not here are ignored, or refused where they would change the answer.</summary>
public sealed record CompletionRequest
{
    [Description("The conversation so far; the last user message asks the question.")]
    public IReadOnlyList<CompletionMessage>? Messages { get; init; }

    [Description("Engine, one of GET /v1/models; the default engine where it is left out.")]
    public string? Model { get; init; }

    [JsonPropertyName("max_tokens"), Description("Most tokens to generate, 1 … 32768; 1024 where left out.")]
    public int? MaxTokens { get; init; }

    [JsonPropertyName("max_completion_tokens"), Description("The newer name of max_tokens; the one that counts where both are there.")]
    public int? MaxCompletionTokens { get; init; }

    [Description("0 (default) is greedy and repeatable; at most 2.")]
    public double? Temperature { get; init; }

    [JsonPropertyName("top_p"), Description("Nucleus; 1 (default) keeps all tokens.")]
    public double? TopP { get; init; }

    [JsonPropertyName("top_k"), Description("Only this many likeliest tokens; 0 (default) keeps all.")]
    public int? TopK { get; init; }

    [JsonPropertyName("repetition_penalty"), Description("1 (default) changes nothing; at most 2.")]
    public double? RepetitionPenalty { get; init; }

    [Description("The same call with the same seed gives the same answer.")]
    public long? Seed { get; init; }

    [Description("A text, or a list of texts, at which the answer ends.")]
    public JsonElement? Stop { get; init; }

    [Description("true: chunks as text/event-stream, at the end data: [DONE].")]
    public bool? Stream { get; init; }

    [JsonPropertyName("stream_options")]
    public StreamOptions? StreamOptions { get; init; }

    [Description("true: the answer's tokens with their log-probabilities.")]
    public bool? Logprobs { get; init; }

    [JsonPropertyName("chat_template_kwargs"), Description("{\"enable_thinking\": false} answers without thinking.")]
    public TemplateArguments? TemplateArguments { get; init; }

    [Description("{\"type\": \"disabled\"} answers without thinking.")]
    public ThinkingChoice? Thinking { get; init; }

    [Description("Whether the model gets the pictures' printed text: default (as it was trained), pageText, pictureOnly, textOnly.")]
    public string? Grounding { get; init; }

    [JsonPropertyName("response_format"), Description("{\"type\": \"json_schema\", \"json_schema\": {\"schema\": …}} or {\"type\": \"json_object\"}: nothing else can come out. {\"type\": \"text\"} (default) leaves it to the model.")]
    public JsonElement? ResponseFormat { get; init; }

    [JsonPropertyName("guided_json"), Description("A JSON Schema, as vLLM takes it.")]
    public JsonElement? GuidedJson { get; init; }

    [JsonPropertyName("guided_regex"), Description("A regular expression that the whole answer matches.")]
    public string? GuidedRegex { get; init; }

    [JsonPropertyName("guided_choice"), Description("Texts of which the answer is one.")]
    public IReadOnlyList<string>? GuidedChoice { get; init; }

    [JsonPropertyName("structured_outputs"), Description("The same as vLLM names it now: {\"json\": schema}, {\"regex\": pattern}, {\"choice\": [texts]} or {\"json_object\": true}.")]
    public JsonElement? StructuredOutputs { get; init; }

    /// <summary>Everything else that the call carried.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>One turn. Its content is a text, or a list of parts <c>{"type":"text","text"}</c> and <c>{"type":"image_url","image_url":{"url"}}</c>.</summary>
public sealed record CompletionMessage(
    [property: Description("system, developer, user or assistant.")] string? Role,
    [property: Description("A text, or a list of parts: {\"type\":\"text\",\"text\":…}, {\"type\":\"image_url\",\"image_url\":{\"url\":…}}.")] JsonElement? Content);

/// <summary>What a stream tells besides the answer.</summary>
public sealed record StreamOptions([property: JsonPropertyName("include_usage")] bool? IncludeUsage);

/// <summary>What the checkpoint's chat template is told.</summary>
public sealed record TemplateArguments([property: JsonPropertyName("enable_thinking")] bool? EnableThinking);

/// <summary><c>enabled</c> or <c>disabled</c>.</summary>
public sealed record ThinkingChoice(string? Type);
