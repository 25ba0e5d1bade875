using System.Runtime.CompilerServices;
using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Inference;

/// <summary><c>POST /v1/chat</c>: one question about one picture, several or none; whole or as a stream of pieces.</summary>
internal sealed class ChatEndpoint(AnswerQuestion answers, ILogger<ChatEndpoint> log)
{
    public static Task<IResult> HandleAsync(HttpContext http, ChatEndpoint door) => Doors.AnswerAsync<ChatRequest>(http, body =>
    {
        var question = new Question(body.Image, body.Question, body.MaxTokens, body.Temperature, body.Model) { Grounding = body.Grounding, Template = body.Template };
        return door.AskAsync(question, body.Stream == true, http);
    });

    public static string Word(FinishReason reason) => reason == FinishReason.Length ? "length" : "stop";

    public static Usage? Counts(TokenUsage? usage) => usage is null ? null : new Usage(usage.PromptTokens, usage.CompletionTokens);

    private async Task<IResult> AskAsync(Question question, bool streamed, HttpContext http)
    {
        question = await answers.RuledAsync(question, http.RequestAborted);
        if (!streamed) return await AnswerAsync(question, http.RequestAborted);
        // Values under rules are there only when the answer is whole: it comes in one piece.
        return question.Rule is null ? await StreamAsync(question, http)
            : await EventStream.SendAsync(http, WholeAsync(question, http.RequestAborted), update => Event(update).Select(e => e with { Rule = question.Rule.Name }), why => new ChatDelta("") { Error = why }, log);
    }

    private async IAsyncEnumerable<TextUpdate> WholeAsync(Question question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var answer = await answers.HandleAsync(question, cancellation);
        yield return new TextUpdate(answer.Text) { Finish = answer.Finish, Usage = answer.Usage };
    }

    private async Task<IResult> AnswerAsync(Question question, CancellationToken cancellation)
    {
        var answer = await answers.HandleAsync(question, cancellation);
        return Doors.Ok(new ChatResponse(answer.Text, answer.Model, Word(answer.Finish), Counts(answer.Usage), answer.Seconds)
        {
            Rule = answer.Rule, Messages = answer.Messages.Count > 0 ? answer.Messages : null,
        });
    }

    private Task<IResult> StreamAsync(Question question, HttpContext http) =>
        EventStream.SendAsync(http, answers.StreamAsync(question, http.RequestAborted), Event, why => new ChatDelta("") { Error = why }, log);

    private static IEnumerable<ChatDelta> Event(TextUpdate update) =>
        update is { Delta: "", Finish: null } ? [] : [new ChatDelta(update.Delta) { FinishReason = update.Finish is { } reason ? Word(reason) : null }];
}
