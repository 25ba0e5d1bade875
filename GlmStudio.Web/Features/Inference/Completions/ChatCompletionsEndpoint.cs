using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Engines;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary><c>POST /v1/chat/completions</c>: OpenAI's interface, so that programs written for it ask here by changing an address.</summary>
internal sealed partial class ChatCompletionsEndpoint(AnswerQuestion answers, AnswerFormReader forms, EngineCatalog engines, TimeProvider time, ILogger<ChatCompletionsEndpoint> log)
{
    public static Task<IResult> HandleAsync(HttpContext http, ChatCompletionsEndpoint door) =>
        Doors.AnswerAsync<CompletionRequest>(http, body => door.GuardedAsync(body, http), CompletionError.Result);

    // A fault nobody expected is told in this interface's form too.
    private async Task<IResult> GuardedAsync(CompletionRequest body, HttpContext http)
    {
        try
        {
            return await AnswerAsync(body, http);
        }
        catch (Exception error) when (error is not EngineException && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            LogUnexpected(error);
            return CompletionError.Result(StatusCodes.Status500InternalServerError, Doors.Unexpected);
        }
    }

    private Task<IResult> AnswerAsync(CompletionRequest body, HttpContext http)
    {
        if (UnsupportedFields.FirstIn(body) is var (field, why)) return Task.FromResult(CompletionError.Result(400, why, field, "unsupported_parameter"));
        if (engines.Find(body.Model) is not { } engine)
            return Task.FromResult(CompletionError.Result(404, engines.Missing(body.Model ?? ""), "model", "model_not_found"));
        var question = Question(body, ConversationReader.Read(body.Messages)) with { Form = forms.Read(body) };
        var form = new CompletionForm($"chatcmpl-{Guid.NewGuid():n}", time.GetUtcNow().ToUnixTimeSeconds(), engine.Info.Name, body.Logprobs == true);
        return body.Stream == true
            ? EventStream.SendAsync(http, answers.StreamAsync(question, http.RequestAborted), form.Chunks(body.StreamOptions?.IncludeUsage == true), why => CompletionError.Of(500, why), log)
            : WholeAsync(question, form, http.RequestAborted);
    }

    private async Task<IResult> WholeAsync(Question question, CompletionForm form, CancellationToken cancellation) =>
        Doors.Ok(form.Whole(await answers.HandleAsync(question, cancellation)));

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

    [LoggerMessage(Level = LogLevel.Error, Message = "A chat completion failed unexpectedly")]
    private partial void LogUnexpected(Exception error);
}
