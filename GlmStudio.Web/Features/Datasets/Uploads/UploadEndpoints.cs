using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>What the drop zone talks to.</summary>
internal static class UploadEndpoints
{
    private const int MaxOffered = 200_000;
    private const int MaxUploadName = 64;

    public static void Map(IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<DatasetOptions>>().Value;
        var group = app.MapGroup("/files/datasets/{id:int}").OnlyOwnPages().ExcludeFromDescription();
        group.MapPost("known", KnownAsync).WithMetadata(new RequestSizeLimitAttribute(100 << 20));
        group.MapPost("images", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(limits.MaxRequestBytes));
    }

    private static async Task<Results<Ok<IReadOnlyList<KnownFile>>, ProblemHttpResult>> KnownAsync(
        int id, OfferedFile[] files, FindKnown find, CancellationToken cancellation) =>
        files.Length > MaxOffered
            ? TypedResults.Problem($"At most {MaxOffered:N0} files can be asked for at a time.", statusCode: StatusCodes.Status413PayloadTooLarge)
            : TypedResults.Ok(await find.HandleAsync(id, files, cancellation));

    private static async Task<Results<Ok<UploadReply>, ProblemHttpResult>> UploadAsync(
        int id, string upload, int number, HttpRequest request, ReceiveUpload receive, CancellationToken cancellation) =>
        upload.Length is 0 or > MaxUploadName || number < 0
            ? TypedResults.Problem("upload or number is out of range.", statusCode: StatusCodes.Status400BadRequest)
            : Reply(await receive.HandleAsync(id, request, new UploadPlace($"{id}/{upload}", number), cancellation));

    internal static Results<Ok<UploadReply>, ProblemHttpResult> Reply(UploadReply reply) => reply.Problem is null
        ? TypedResults.Ok(reply)
        : TypedResults.Problem(reply.Problem, statusCode: reply.IsMissing ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest);
}
