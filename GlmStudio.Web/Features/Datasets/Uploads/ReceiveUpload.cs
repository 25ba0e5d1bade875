using GlmStudio.Web.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>One multipart request with files becomes pictures of a dataset: all that it carries, or nothing where it breaks off.</summary>
public sealed class ReceiveUpload(IDbContextFactory<StudioDbContext> databases, AddImages add, UploadOrder order, IOptions<DatasetOptions> options)
{
    private const int MaxBoundaryLength = 100;

    /// <summary>Reads the request and adds its files.</summary>
    /// <param name="datasetId">The dataset.</param>
    /// <param name="request">A multipart/form-data request; the file names of its parts are the paths.</param>
    /// <param name="place">Which request of which upload it is, or null where it stands alone.</param>
    /// <param name="cancellation">The client went away.</param>
    public async Task<UploadReply> HandleAsync(int datasetId, HttpRequest request, UploadPlace? place, CancellationToken cancellation)
    {
        using var turn = place is null ? null : order.Announce(place.Upload, place.Number);
        await using (var db = databases.CreateDbContext())
            if (!await db.Datasets.AnyAsync(d => d.Id == datasetId, cancellation)) return UploadReply.Failed($"There is no dataset {datasetId}.", isMissing: true);
        if (BoundaryOf(request) is not { } boundary) return UploadReply.Failed("Send the files as multipart/form-data, each part with a file name.");
        var received = new List<ReceivedFile>();
        var isAdded = false;
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { HeadersLengthLimit = 16 << 10 };
            if (await ReadAsync(reader, received, place is not null, cancellation) is { } problem) return UploadReply.Failed(problem);
            if (turn is not null) await turn.WaitAsync(cancellation);
            var results = await add.CommitAsync(datasetId, received, cancellation);
            isAdded = true;
            return new UploadReply(results, null);
        }
        catch (Exception e) when (e is IOException or InvalidDataException && !cancellation.IsCancellationRequested)
        {
            return UploadReply.Failed($"The request broke off or is not valid multipart: {e.Message}");
        }
        finally
        {
            if (!isAdded) await add.DiscardAsync(received.Select(r => r.Hash), CancellationToken.None);
        }
    }

    private async Task<string?> ReadAsync(MultipartReader reader, List<ReceivedFile> received, bool isEncoded, CancellationToken cancellation)
    {
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (NameOf(section, isEncoded) is not { } path) continue;
            if (received.Count >= options.Value.MaxRequestFiles) return $"A request carries at most {options.Value.MaxRequestFiles:N0} files. Send the rest in another one.";
            received.Add(await add.ReceiveAsync(path, section.Body, kindIsKnown: false, cancellation));
        }
        return received.Count > 0 ? null : "The request has no files. Each part needs a file name.";
    }

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= MaxBoundaryLength } boundary ? boundary : null;

    // Browsers disagree on how to write quotes and other characters of a file name: our own pages send it percent-encoded.
    private static string? NameOf(MultipartSection section, bool isEncoded)
    {
        if (section.GetContentDispositionHeader() is not { } header || !header.IsFileDisposition()) return null;
        var name = header.FileNameStar.HasValue ? header.FileNameStar.Value : HeaderUtilities.RemoveQuotes(header.FileName).Value;
        return isEncoded && name is not null ? Uri.UnescapeDataString(name) : name;
    }
}

/// <summary>A request's place in an upload of several.</summary>
/// <param name="Upload">Names the upload; any text of the client's choice.</param>
/// <param name="Number">0, 1, 2 … within the upload.</param>
public sealed record UploadPlace(string Upload, int Number);

/// <summary>What became of a request's files.</summary>
/// <param name="Files">One result a file, in the order sent.</param>
/// <param name="Problem">Why the whole request was refused, or null.</param>
public sealed record UploadReply(IReadOnlyList<FileResult> Files, string? Problem)
{
    internal bool IsMissing { get; private init; }

    internal static UploadReply Failed(string problem, bool isMissing = false) => new([], problem) { IsMissing = isMissing };
}
