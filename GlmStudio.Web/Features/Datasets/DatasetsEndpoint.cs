using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Datasets for programs: list, create, add pictures.</summary>
internal static class DatasetsEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<DatasetOptions>>().Value;
        var group = app.MapGroup("/api/datasets").WithTags("Datasets").RefuseOtherSites();
        group.MapGet("", ListAsync).WithSummary("The datasets with their counts");
        group.MapPost("", CreateAsync).WithSummary("A new, empty dataset");
        group.MapPost("{id:int}/images", AddAsync).WithSummary("Adds pictures: multipart/form-data, each part's file name is the path in the dataset")
            .Accepts<IFormFileCollection>("multipart/form-data").WithMetadata(new RequestSizeLimitAttribute(limits.MaxRequestBytes)).DisableAntiforgery();
    }

    private static async Task<Ok<IReadOnlyList<DatasetSummary>>> ListAsync(ListDatasets list, bool archived = false, CancellationToken cancellation = default) =>
        TypedResults.Ok(await list.HandleAsync(archived, cancellation));

    private static async Task<Results<Created<CreateDatasetResult>, ProblemHttpResult>> CreateAsync(NewDataset dataset, CreateDataset create, CancellationToken cancellation)
    {
        var result = await create.HandleAsync(dataset.Name ?? "", dataset.Description ?? "", cancellation);
        return result.Problem is null
            ? TypedResults.Created($"/api/datasets/{result.Id}", result)
            : TypedResults.Problem(result.Problem, statusCode: StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<UploadReply>, ProblemHttpResult>> AddAsync(
        int id, HttpRequest request, ReceiveUpload receive, CancellationToken cancellation) =>
        UploadEndpoints.Reply(await receive.HandleAsync(id, request, null, cancellation));
}

/// <summary>A dataset to create.</summary>
public sealed record NewDataset(string? Name, string? Description);
