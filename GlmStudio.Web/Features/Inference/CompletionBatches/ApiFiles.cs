using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary>Adds, lists and removes the files that programs send.</summary>
public sealed class ApiFiles(IDbContextFactory<StudioDbContext> databases, ApiFileStore store, IOptions<CompletionBatchOptions> options, TimeProvider time)
{
    public const int MaxPage = 10_000;
    private const int MaxName = 255;

    /// <summary>Keeps a file.</summary>
    /// <exception cref="InvalidDataException">It is larger than the limit, or there is no room for it.</exception>
    public async Task<ApiFile> AddAsync(string name, string purpose, Stream content, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var kept = await db.ApiFiles.SumAsync(f => f.ByteCount, cancellation);
        var room = Math.Min(options.Value.MaxFileBytes, options.Value.MaxTotalBytes - kept);
        if (room <= 0) throw new InvalidDataException($"The files here have {kept:N0} bytes, the limit of CompletionBatches:MaxTotalBytes. Delete some.");
        var file = new ApiFile { Id = $"file-{Guid.NewGuid():n}", Name = Shorten(name), Purpose = purpose, CreatedAt = time.GetUtcNow().UtcDateTime };
        file.ByteCount = await store.WriteAsync(file.Id, target => CopyAsync(content, target, room, cancellation));
        try
        {
            db.ApiFiles.Add(file);
            await db.SaveChangesAsync(cancellation);
        }
        catch
        {
            store.Remove(file.Id);
            throw;
        }
        return file;
    }

    /// <summary>Newest first unless <paramref name="ascending"/>.</summary>
    /// <returns>Null where <paramref name="after"/> names no file.</returns>
    public async Task<(IReadOnlyList<ApiFile> Files, bool HasMore)?> ListAsync(string? purpose, string? after, int limit, bool ascending, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var files = db.ApiFiles.AsNoTracking().Where(f => purpose == null || f.Purpose == purpose);
        files = ascending ? files.OrderBy(f => f.CreatedAt).ThenBy(f => f.Id) : files.OrderByDescending(f => f.CreatedAt).ThenByDescending(f => f.Id);
        if (after is not null)
        {
            if (await db.ApiFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == after, cancellation) is not { } last) return null;
            // Of those of the very same moment, the ones that follow.
            var ties = (await files.Where(f => f.CreatedAt == last.CreatedAt).Select(f => f.Id).ToListAsync(cancellation)).SkipWhile(id => id != after).Skip(1).ToList();
            files = ascending
                ? files.Where(f => f.CreatedAt > last.CreatedAt || ties.Contains(f.Id))
                : files.Where(f => f.CreatedAt < last.CreatedAt || ties.Contains(f.Id));
        }
        var found = await files.Take(limit + 1).ToListAsync(cancellation);
        return (found.Take(limit).ToList(), found.Count > limit);
    }

    public async Task<ApiFile?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.ApiFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellation);
    }

    /// <returns>The batch that still needs it, and then it is not deleted; null where it is gone.</returns>
    public async Task<string?> DeleteAsync(string id, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        CompletionBatchStatus[] working = [CompletionBatchStatus.Validating, CompletionBatchStatus.InProgress, CompletionBatchStatus.Finalizing, CompletionBatchStatus.Cancelling];
        if (await db.CompletionBatches.Where(b => b.InputFileId == id && working.Contains(b.Status)).Select(b => b.Id).FirstOrDefaultAsync(cancellation) is { } batch) return batch;
        await db.ApiFiles.Where(f => f.Id == id).ExecuteDeleteAsync(cancellation);
        store.Remove(id);
        return null;
    }

    private async Task CopyAsync(Stream source, Stream target, long room, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        long length = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            if ((length += read) > room)
                throw new InvalidDataException($"The file has more than {room:N0} bytes, the limit of {(room < options.Value.MaxFileBytes ? "CompletionBatches:MaxTotalBytes" : "CompletionBatches:MaxFileBytes")}.");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }

    private static string Shorten(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = string.Concat(last.Where(c => !char.IsControl(c)));
        return plain.Length switch { 0 => "file.jsonl", > MaxName => plain[^MaxName..], _ => plain };
    }
}
