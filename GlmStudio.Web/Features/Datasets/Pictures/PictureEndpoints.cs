using GlmStudio.Engine;
using GlmStudio.Web.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace GlmStudio.Web.Features.Datasets.Pictures;

/// <summary>Pictures for browsers. Only what a dataset has is served, whatever else the store may hold.</summary>
internal static class PictureEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/files/images/{hash:length(64)}").ExcludeFromDescription();
        group.MapGet("{page:int:min(0)}/thumb", (string hash, int page, PictureDoor door, HttpResponse response, CancellationToken cancellation) =>
            door.SmallAsync(hash, page, DerivedPictures.ThumbSide, response, cancellation));
        group.MapGet("{page:int:min(0)}/display", (string hash, int page, PictureDoor door, HttpResponse response, CancellationToken cancellation) =>
            door.SmallAsync(hash, page, DerivedPictures.DisplaySide, response, cancellation));
        group.MapGet("original", (string hash, PictureDoor door, HttpResponse response, CancellationToken cancellation, string? name = null) =>
            door.OriginalAsync(hash, name, response, cancellation));
    }
}

/// <summary>Looks pictures up and sends them with the headers that keep them cached and harmless.</summary>
internal sealed partial class PictureDoor(IDbContextFactory<StudioDbContext> databases, ImageStore store, DerivedPictures derived, ILogger<PictureDoor> log)
{
    public async Task<Results<PhysicalFileHttpResult, NotFound, ProblemHttpResult>> SmallAsync(
        string hash, int page, int maxSide, HttpResponse response, CancellationToken cancellation)
    {
        await using (var db = databases.CreateDbContext())
            if (!await db.Images.AnyAsync(i => i.ContentHash == hash && i.Page == page && i.Problem == null, cancellation)) return TypedResults.NotFound();
        try
        {
            var path = await derived.EnsureAsync(hash, page, maxSide, cancellation);
            Harmless(response);
            return TypedResults.PhysicalFile(path, "image/webp", entityTag: new EntityTagHeaderValue($"\"{hash[..16]}-{page}-{maxSide}\""));
        }
        catch (EngineException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        catch (FileNotFoundException)
        {
            Missing(hash);
            return TypedResults.NotFound();
        }
    }

    public async Task<Results<FileStreamHttpResult, NotFound>> OriginalAsync(string hash, string? name, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var path = await db.Images.Where(i => i.ContentHash == hash).Select(i => i.Path).FirstOrDefaultAsync(cancellation);
        if (path is null || !await store.ContainsAsync(hash, cancellation)) return TypedResults.NotFound();
        Harmless(response);
        // Somebody else's bytes: never a type the browser would show or run, always a download.
        return TypedResults.File(await store.OpenReadAsync(hash, cancellation), "application/octet-stream", Path.GetFileName(name is { Length: > 0 } ? name : path), enableRangeProcessing: true);
    }

    private static void Harmless(HttpResponse response)
    {
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }

    [LoggerMessage(LogLevel.Warning, "The store lacks {Hash} though a dataset refers to it.")]
    private partial void Missing(string hash);
}
