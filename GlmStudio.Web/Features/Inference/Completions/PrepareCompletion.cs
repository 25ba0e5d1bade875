using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Engines;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>Checks a chat completion and makes it a question; the live door and the background batches come through here.</summary>
internal sealed class PrepareCompletion(AnswerFormReader forms, EngineCatalog engines, TimeProvider time)
{
    /// <returns>The question, or why it is refused.</returns>
    /// <exception cref="EngineException">A message or the answer's form is not as documented; the message says why.</exception>
    public (ReadyCompletion? Ready, CompletionRefusal? Refused) Handle(CompletionRequest body)
    {
        if (UnsupportedFields.FirstIn(body) is var (field, why)) return (null, new(400, why, field, "unsupported_parameter"));
        if (engines.Find(body.Model) is not { } engine) return (null, new(404, engines.Missing(body.Model ?? ""), "model", "model_not_found"));
        var question = Question(body, ConversationReader.Read(body.Messages)) with { Form = forms.Read(body) };
        return (new(question, new CompletionForm($"chatcmpl-{Guid.NewGuid():n}", time.GetUtcNow().ToUnixTimeSeconds(), engine.Info.Name, body.Logprobs == true)), null);
    }

    private static Question Question(CompletionRequest body, Conversation conversation) => new(null,
        conversation.Messages.Last(m => m.Role == ChatRole.User).Text, body.MaxCompletionTokens ?? body.MaxTokens, body.Temperature, body.Model)
    {
        Conversation = conversation,
        Grounding = body.Grounding,
        Sampling = new SamplingOptions { TopP = body.TopP ?? 1, TopK = body.TopK ?? 0, RepetitionPenalty = body.RepetitionPenalty ?? 1, Seed = body.Seed, Stop = Stops(body.Stop) },
        Thinking = body.TemplateArguments?.EnableThinking != false && body.Thinking?.Type != "disabled",
    };

    private static IReadOnlyList<string> Stops(JsonElement? stop) => stop switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several when several.EnumerateArray().All(s => s.ValueKind == JsonValueKind.String) =>
            [.. several.EnumerateArray().Select(s => s.GetString()!)],
        _ => throw new EngineException(EngineFault.BadRequest, "stop is neither a text nor a list of texts."),
    };
}

/// <summary>What to ask, and the form of what is sent back.</summary>
internal sealed record ReadyCompletion(Question Question, CompletionForm Form);

/// <summary>Why a completion is not answered.</summary>
internal sealed record CompletionRefusal(int Status, string Message, string? Param, string? Code);
