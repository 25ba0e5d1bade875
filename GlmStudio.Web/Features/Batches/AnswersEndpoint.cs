using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Answers as files: all of a batch, or one row.</summary>
internal static class AnswersEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/files/batches/{id:int}").WithTags("Downloads");
        group.MapGet("answers.{format:regex(^(txt|json|jsonl)$)}", (int id, string format, WriteAnswers write, CancellationToken c) => SendAsync(id, null, format, write, c))
            .WithSummary("All answers in upload order with their file names, as txt, json or jsonl");
        group.MapGet("rows/{rowId:long}/answer.{format:regex(^(txt|json|jsonl)$)}",
            (int id, long rowId, string format, WriteAnswers write, CancellationToken c) => SendAsync(id, rowId, format, write, c)).WithSummary("One row's answer");
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> SendAsync(
        int id, long? rowId, string format, WriteAnswers write, CancellationToken cancellation)
    {
        if (await write.FindNameAsync(id, rowId, cancellation) is not { } name)
            return TypedResults.Problem($"There is no batch {id}{(rowId is null ? "" : $" with row {rowId}")}.", statusCode: StatusCodes.Status404NotFound);
        var (kind, type) = format switch
        {
            "txt" => (AnswerFormat.Text, "text/plain; charset=utf-8"),
            "json" => (AnswerFormat.Json, "application/json; charset=utf-8"),
            _ => (AnswerFormat.JsonLines, "application/jsonl; charset=utf-8"),
        };
        return TypedResults.Stream(stream => write.HandleAsync(stream, id, rowId, kind, cancellation), type, $"{name}.{format}");
    }
}
