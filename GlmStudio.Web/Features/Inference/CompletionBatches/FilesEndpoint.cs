using GlmStudio.Web.Features.Inference.Completions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary><c>/v1/files</c>: JSONL files in and out, as OpenAI's clients send and fetch them.</summary>
internal static class FilesEndpoint
{
    // Room for the form around the file.
    private const int FormBytes = 1 << 20;
    private const int MaxWord = 64;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/files").WithTags(ApiDocument.Tag).DisableAntiforgery();
        group.MapPost("", AddAsync).WithSummary("Sends a file of chat completions").WithDescription("multipart/form-data with \"purpose\" (batch) and \"file\" (JSONL).").Produces<FileShape>();
        group.MapGet("", ListAsync).WithSummary("The files, newest first").Produces<ListShape<FileShape>>();
        group.MapGet("{id}", FindAsync).WithSummary("One file").Produces<FileShape>();
        group.MapGet("{id}/content", ContentAsync).WithSummary("A file's bytes");
        group.MapDelete("{id}", DeleteAsync).WithSummary("Removes a file").Produces<DeletedShape>();
    }

    private static async Task<IResult> AddAsync(HttpContext http, ApiFiles files, IOptions<CompletionBatchOptions> options)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = options.Value.MaxFileBytes + FormBytes;
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            return Refused("Send the file as multipart/form-data with the parts \"purpose\" and \"file\".");
        try
        {
            return await ReadAsync(new MultipartReader(boundary, http.Request.Body) { HeadersLengthLimit = 16 << 10 }, files, http.RequestAborted);
        }
        catch (InvalidDataException error)
        {
            return Refused(error.Message, "file");
        }
        catch (BadHttpRequestException error)
        {
            return CompletionError.Result(error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"The file has more than {options.Value.MaxFileBytes:N0} bytes, the limit of CompletionBatches:MaxFileBytes." : error.Message, "file", null);
        }
        catch (IOException error) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Refused($"The request broke off: {error.Message}");
        }
    }

    /// <summary>The parts come in any order; a file that turns out to be for something else is not kept.</summary>
    private static async Task<IResult> ReadAsync(MultipartReader reader, ApiFiles files, CancellationToken cancellation)
    {
        var (purpose, kept) = ((string?)null, (Domain.ApiFile?)null);
        var isDone = false;
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } header) continue;
                var name = HeaderUtilities.RemoveQuotes(header.Name).Value;
                if (name == "purpose") purpose = await WordAsync(section.Body, cancellation);
                else if (name == "file" && header.IsFileDisposition() && kept is null)
                    kept = await files.AddAsync((header.FileNameStar.HasValue ? header.FileNameStar : HeaderUtilities.RemoveQuotes(header.FileName)).Value ?? "", "batch", section.Body, cancellation);
            }
            if (purpose != "batch") return Refused(purpose is null ? "\"purpose\" is missing; it is batch." : $"\"purpose\" is \"{purpose}\"; only batch is supported.", "purpose");
            if (kept is null) return Refused("\"file\" is missing: send a JSONL file with a file name.", "file");
            isDone = true;
            return Doors.Ok(FileShape.Of(kept));
        }
        finally
        {
            if (!isDone && kept is not null) await files.DeleteAsync(kept.Id, CancellationToken.None);
        }
    }

    private static async Task<string> WordAsync(Stream body, CancellationToken cancellation)
    {
        var bytes = new byte[MaxWord];
        return System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, await body.ReadAtLeastAsync(bytes, MaxWord, throwOnEndOfStream: false, cancellation))).Trim();
    }

    private static async Task<IResult> ListAsync(ApiFiles files, CancellationToken cancellation, string? purpose = null, string? after = null, int limit = ApiFiles.MaxPage, string order = "desc")
    {
        if (limit is < 1 or > ApiFiles.MaxPage) return Refused($"\"limit\" is {limit}; it goes from 1 to {ApiFiles.MaxPage}.", "limit");
        if (order is not ("asc" or "desc")) return Refused($"\"order\" is \"{order}\"; it is asc or desc.", "order");
        if (await files.ListAsync(purpose, after, limit, order == "asc", cancellation) is not var (found, hasMore)) return Missing(after!);
        return Doors.Ok(new ListShape<FileShape>([.. found.Select(FileShape.Of)], hasMore, found is [var first, ..] ? first.Id : null, found is [.., var last] ? last.Id : null));
    }

    private static async Task<IResult> FindAsync(string id, ApiFiles files, CancellationToken cancellation) =>
        await files.FindAsync(id, cancellation) is { } file ? Doors.Ok(FileShape.Of(file)) : Missing(id);

    private static async Task<IResult> ContentAsync(string id, ApiFiles files, ApiFileStore store, CancellationToken cancellation)
    {
        if (await files.FindAsync(id, cancellation) is not { } file) return Missing(id);
        try
        {
            return Results.File(store.OpenRead(id), "application/jsonl", file.Name);
        }
        catch (FileNotFoundException)
        {
            return CompletionError.Result(StatusCodes.Status404NotFound, "The file's bytes are missing in the data folder. Send it again.", "file_id", null);
        }
    }

    private static async Task<IResult> DeleteAsync(string id, ApiFiles files, CancellationToken cancellation)
    {
        if (await files.FindAsync(id, cancellation) is null) return Missing(id);
        return await files.DeleteAsync(id, cancellation) is { } batch
            ? Refused($"The batch {batch} is working on this file. Cancel it first, or wait until it has ended.")
            : Doors.Ok(new DeletedShape(id));
    }

    private static IResult Missing(string id) => CompletionError.Result(StatusCodes.Status404NotFound, $"There is no file \"{id}\".", "file_id", null);

    private static IResult Refused(string message, string? param = null) => CompletionError.Result(StatusCodes.Status400BadRequest, message, param, null);
}
