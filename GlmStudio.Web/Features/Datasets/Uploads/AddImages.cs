using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>
/// Files into a dataset, in two steps: <see cref="ReceiveAsync"/> takes bytes, many files at a time; <see cref="CommitAsync"/> makes
/// them pictures, in the order given. A file received and never committed is given back with <see cref="DiscardAsync"/>.
/// </summary>
public sealed class AddImages(
    IDbContextFactory<StudioDbContext> databases, ImageStore store, ImageReader reader, StoreGate gate, ChangeFeed changes, TimeProvider time,
    IOptions<DatasetOptions> options)
{
    /// <summary>Adds one file.</summary>
    public async Task<FileResult> HandleAsync(int datasetId, string path, Stream content, CancellationToken cancellation)
    {
        var received = await ReceiveAsync(path, content, kindIsKnown: false, cancellation);
        return (await CommitAsync(datasetId, [received], cancellation))[0];
    }

    /// <summary>Stores a file's bytes and reads its header. A stream that breaks off leaves nothing behind.</summary>
    /// <param name="rawPath">Path below the uploaded folder, as it came.</param>
    /// <param name="content">The bytes, read to the end.</param>
    /// <param name="kindIsKnown">The caller looked into the file: its name's extension does not matter.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    public async Task<ReceivedFile> ReceiveAsync(string rawPath, Stream content, bool kindIsKnown, CancellationToken cancellation)
    {
        if (!DatasetPath.TryNormalise(rawPath, out var path, out var problem)) return new ReceivedFile(rawPath, problem);
        if (DatasetPath.IsHidden(path)) return new ReceivedFile(path, "A hidden file.");
        if (!kindIsKnown && Path.HasExtension(path) && !FileKinds.IsPicture(path)) return new ReceivedFile(path, NotAPicture(path));
        try
        {
            var stored = await store.AddAsync(content, options.Value.MaxFileBytes, cancellation);
            return await ProbeAsync(new ReceivedFile(path, null) { Hash = stored.Hash, ByteCount = stored.Length }, cancellation);
        }
        catch (InvalidDataException e)
        {
            return new ReceivedFile(path, e.Message);
        }
    }

    /// <summary>Makes received files pictures of the dataset, in this order, in one transaction.</summary>
    /// <returns>One result a file, in the same order.</returns>
    /// <exception cref="KeyNotFoundException">There is no such dataset.</exception>
    public async Task<IReadOnlyList<FileResult>> CommitAsync(int datasetId, IReadOnlyList<ReceivedFile> files, CancellationToken cancellation)
    {
        await using var turn = await gate.EnterAsync(cancellation);
        IReadOnlyList<FileResult> results;
        try
        {
            results = await SaveAsync(datasetId, files, cancellation);
        }
        catch (DbUpdateException)
        {
            // Another process on the same database took an ordinal or a path in between: look again, once.
            results = await SaveAsync(datasetId, files, cancellation);
        }
        changes.Raise("dataset", datasetId);
        return results;
    }

    /// <summary>Removes the bytes of received files that nothing refers to.</summary>
    public async Task DiscardAsync(IEnumerable<string> hashes, CancellationToken cancellation)
    {
        await using var turn = await gate.EnterAsync(cancellation);
        await using var db = databases.CreateDbContext();
        foreach (var chunk in hashes.Where(h => h.Length > 0).Distinct().Chunk(500))
        {
            var used = await db.Images.Where(i => chunk.Contains(i.ContentHash)).Select(i => i.ContentHash).Distinct().ToListAsync(cancellation);
            foreach (var hash in chunk.Except(used)) await store.RemoveAsync(hash, cancellation);
        }
    }

    private async Task<ReceivedFile> ProbeAsync(ReceivedFile file, CancellationToken cancellation)
    {
        try
        {
            var header = reader.Probe(await store.ReadAsync(file.Hash, cancellation));
            return header.PageCount > options.Value.MaxPdfPages
                ? file with { Problem = $"The PDF has {header.PageCount:N0} pages, more than the limit of {options.Value.MaxPdfPages:N0}. Split it." }
                : file with { Width = header.Width, Height = header.Height, PageCount = Math.Max(1, header.PageCount) };
        }
        catch (EngineException e)
        {
            return file with { Problem = e.Message };
        }
    }

    private async Task<IReadOnlyList<FileResult>> SaveAsync(int datasetId, IReadOnlyList<ReceivedFile> files, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var book = await DatasetBook.OpenAsync(db, datasetId, files, options.Value.MaxImages, time.GetUtcNow().UtcDateTime, cancellation);
        List<FileResult> results = [];
        foreach (var file in files)
            results.Add(file.Refusal is { } refusal ? new FileResult(file.Path, FileOutcome.Refused, refusal)
                : await store.ContainsAsync(file.Hash, cancellation) ? book.Enter(file) : new FileResult(file.Path, FileOutcome.Refused, "Its bytes were removed meanwhile. Send it again."));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return results;
    }

    private static string NotAPicture(string path) => FileKinds.IsSheet(path)
        ? "A label sheet, not a picture: import it under Labels."
        : $"Not a picture or PDF (\"{Path.GetExtension(path)}\").";
}
