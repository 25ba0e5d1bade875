using GlmStudio.Web.Features.Inference.Completions;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary><c>/v1/batches</c>: many chat completions in the background, as OpenAI's clients ask for them.</summary>
internal static class CompletionBatchesEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/batches").WithTags(ApiDocument.Tag).DisableAntiforgery();
        group.MapPost("", CreateAsync).WithSummary("Answers a file of chat completions in the background")
            .WithDescription("Each line is {\"custom_id\", \"method\": \"POST\", \"url\": \"/v1/chat/completions\", \"body\"}. The header Idempotency-Key makes the same call give the same batch.")
            .WithMetadata(new RequestExample("""{"input_file_id":"file-0123456789abcdef0123456789abcdef","endpoint":"/v1/chat/completions","completion_window":"24h"}"""))
            .Accepts<NewBatchShape>("application/json").Produces<BatchShape>();
        group.MapGet("", ListAsync).WithSummary("The batches, newest first").Produces<ListShape<BatchShape>>();
        group.MapGet("{id}", FindAsync).WithSummary("One batch: status, counts, files").Produces<BatchShape>();
        group.MapPost("{id}/cancel", CancelAsync).WithSummary("Stops a batch; what is answered can be fetched").Produces<BatchShape>();
    }

    private static Task<IResult> CreateAsync(HttpContext http, CreateCompletionBatch create) => Doors.AnswerAsync<NewBatchShape>(http, async body =>
    {
        var made = await create.HandleAsync(body, http.Request.Headers["Idempotency-Key"] is [{ } key] ? key : null, http.RequestAborted);
        return made.Batch is { } batch ? Doors.Ok(BatchShape.Of(batch)) : CompletionError.Result(made.Status, made.Problem!, made.Param, null);
    }, CompletionError.Result);

    private static async Task<IResult> ListAsync(ReadCompletionBatches read, CancellationToken cancellation, string? after = null, int limit = 20)
    {
        if (limit is < 1 or > ReadCompletionBatches.MaxPage) return Refused($"\"limit\" is {limit}; it goes from 1 to {ReadCompletionBatches.MaxPage}.");
        if (await read.ListAsync(after, limit, cancellation) is not var (found, hasMore)) return Missing(after!);
        return Doors.Ok(new ListShape<BatchShape>([.. found.Select(BatchShape.Of)], hasMore, found is [var first, ..] ? first.Id : null, found is [.., var last] ? last.Id : null));
    }

    private static async Task<IResult> FindAsync(string id, ReadCompletionBatches read, CancellationToken cancellation) =>
        await read.FindAsync(id, cancellation) is { } batch ? Doors.Ok(BatchShape.Of(batch)) : Missing(id);

    private static async Task<IResult> CancelAsync(string id, ReadCompletionBatches read, CancellationToken cancellation)
    {
        var isStopped = await read.CancelAsync(id, cancellation);
        if (await read.FindAsync(id, cancellation) is not { } batch) return Missing(id);
        return isStopped ? Doors.Ok(BatchShape.Of(batch)) : Refused($"The batch is {BatchShape.Word(batch.Status)}; only one that is validating or in progress can be cancelled.");
    }

    private static IResult Missing(string id) => CompletionError.Result(StatusCodes.Status404NotFound, $"There is no batch \"{id}\".", "batch_id", null);

    private static IResult Refused(string message) => CompletionError.Result(StatusCodes.Status400BadRequest, message);
}
