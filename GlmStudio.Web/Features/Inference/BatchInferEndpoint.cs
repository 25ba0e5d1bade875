using System.Text.Json;
using GlmStudio.Engine;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference;

/// <summary><c>POST /v1/batch-infer</c>: many pictures, each with its question, answered in order; one that fails does not stop the others.</summary>
internal sealed partial class BatchInferEndpoint(AnswerQuestion answers, IOptions<InferenceOptions> options, ILogger<BatchInferEndpoint> log)
{
    // The gate decides how many the engine works on; this many are read or fetched ahead of it.
    private const int Ahead = 8;

    public static Task<IResult> HandleAsync(HttpContext http, BatchInferEndpoint door) =>
        Doors.AnswerAsync<BatchInferRequest>(http, body => door.AnswerAsync(body, http.RequestAborted));

    private async Task<IResult> AnswerAsync(BatchInferRequest body, CancellationToken cancellation)
    {
        if (body.Requests is not { Count: > 0 } requests) return Doors.Problem(400, "\"requests\" is missing or empty: send a list of {\"image\", \"prompt\"}.");
        if (requests.Count > options.Value.MaxItems)
            return Doors.Problem(413, $"{requests.Count} entries in one call; the limit is {options.Value.MaxItems} (Inference:MaxItems). Send several calls.");
        var results = new InferResult[requests.Count];
        await Parallel.ForAsync(0, requests.Count, new ParallelOptions { MaxDegreeOfParallelism = Ahead, CancellationToken = cancellation },
            async (index, stop) => results[index] = await OneAsync(requests[index], body, stop));
        return Doors.Ok(new BatchInferResponse(results));
    }

    private async Task<InferResult> OneAsync(JsonElement entry, BatchInferRequest body, CancellationToken cancellation)
    {
        try
        {
            if (entry.Deserialize<InferItem>(Doors.Json) is not { } item) return Failed("The entry is null; send {\"image\", \"prompt\"}.");
            var question = new Question(item.Image, item.Prompt, item.MaxTokens, item.Temperature, item.Model ?? body.Model) { Grounding = item.Grounding ?? body.Grounding };
            return Answered(await answers.HandleAsync(await answers.RuledAsync(question, cancellation), cancellation));
        }
        catch (JsonException error)
        {
            return Failed($"The entry is not {{\"image\", \"prompt\", …}}: {error.Message}");
        }
        catch (EngineException error)
        {
            return Failed(error.Message);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            LogUnexpected(error);
            return Failed("The entry met an unexpected error; the server's log has the details.");
        }
    }

    private static InferResult Answered(Answer answer) => new(answer.Text)
    {
        FinishReason = ChatEndpoint.Word(answer.Finish), Usage = ChatEndpoint.Counts(answer.Usage), Seconds = answer.Seconds, Rule = answer.Rule,
    };

    private static InferResult Failed(string why) => new("") { Error = why };

    [LoggerMessage(Level = LogLevel.Error, Message = "An entry of a batch-infer call failed unexpectedly")]
    private partial void LogUnexpected(Exception error);
}
