using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary><c>POST /v1/chat/completions</c>: OpenAI's interface, so that programs written for it ask here by changing an address.</summary>
internal sealed partial class ChatCompletionsEndpoint(AnswerQuestion answers, PrepareCompletion prepare, ILogger<ChatCompletionsEndpoint> log)
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
        var (ready, refused) = prepare.Handle(body);
        if (ready is null) return Task.FromResult(CompletionError.Result(refused!.Status, refused.Message, refused.Param, refused.Code));
        var (question, form) = ready;
        return body.Stream == true
            ? EventStream.SendAsync(http, answers.StreamAsync(question, http.RequestAborted), form.Chunks(body.StreamOptions?.IncludeUsage == true), why => CompletionError.Of(500, why), log)
            : WholeAsync(question, form, http.RequestAborted);
    }

    private async Task<IResult> WholeAsync(Question question, CompletionForm form, CancellationToken cancellation) =>
        Doors.Ok(form.Whole(await answers.HandleAsync(question, cancellation)));

    [LoggerMessage(Level = LogLevel.Error, Message = "A chat completion failed unexpectedly")]
    private partial void LogUnexpected(Exception error);
}
