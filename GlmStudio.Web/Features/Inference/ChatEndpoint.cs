using System.Text.Json;
using GlmStudio.Engine;
using Microsoft.AspNetCore.Http.Features;

namespace GlmStudio.Web.Features.Inference;

/// <summary><c>POST /v1/chat</c>: one question about one picture, several or none; whole or as a stream of pieces.</summary>
internal sealed partial class ChatEndpoint(AnswerQuestion answers, ILogger<ChatEndpoint> log)
{
    public static Task<IResult> HandleAsync(HttpContext http, ChatEndpoint door) => Doors.AnswerAsync<ChatRequest>(http, body =>
    {
        var question = new Question(body.Image, body.Question, body.MaxTokens, body.Temperature, body.Model);
        return body.Stream == true ? door.StreamAsync(question, http) : door.AnswerAsync(question, http.RequestAborted);
    });

    public static string Word(FinishReason reason) => reason == FinishReason.Length ? "length" : "stop";

    public static Usage? Counts(TokenUsage? usage) => usage is null ? null : new Usage(usage.PromptTokens, usage.CompletionTokens);

    private async Task<IResult> AnswerAsync(Question question, CancellationToken cancellation)
    {
        var answer = await answers.HandleAsync(question, cancellation);
        return Doors.Ok(new ChatResponse(answer.Text, answer.Model, Word(answer.Finish), Counts(answer.Usage), answer.Seconds));
    }

    // The status is decided by the first piece: a question that cannot be answered is an ordinary error, not a stream of one.
    private async Task<IResult> StreamAsync(Question question, HttpContext http)
    {
        await using var updates = answers.StreamAsync(question, http.RequestAborted).GetAsyncEnumerator(http.RequestAborted);
        var more = await updates.MoveNextAsync();
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            for (; more; more = await updates.MoveNextAsync()) await SendAsync(http, updates.Current);
        }
        catch (EngineException error)
        {
            await SendAsync(http, JsonSerializer.Serialize(new ChatDelta("") { Error = error.Message }, Doors.Json));
        }
        catch (Exception error) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnexpected(error);
            await SendAsync(http, JsonSerializer.Serialize(new ChatDelta("") { Error = "The answer met an unexpected error; the server's log has the details." }, Doors.Json));
        }
        await SendAsync(http, "[DONE]");
        return Results.Empty;
    }

    private static Task SendAsync(HttpContext http, TextUpdate update) => update is { Delta: "", Finish: null }
        ? Task.CompletedTask
        : SendAsync(http, JsonSerializer.Serialize(new ChatDelta(update.Delta) { FinishReason = update.Finish is { } reason ? Word(reason) : null }, Doors.Json));

    private static async Task SendAsync(HttpContext http, string data)
    {
        await http.Response.WriteAsync($"data: {data}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A streamed answer failed unexpectedly")]
    private partial void LogUnexpected(Exception error);
}
