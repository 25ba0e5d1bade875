using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>Which of a folder's files a dataset has already, so that an upload that was cut off goes on where it stopped.</summary>
public sealed class FindKnown(IDbContextFactory<StudioDbContext> databases)
{
    /// <summary>The files whose path and size are known, with the hash they have here: the client sends only the others.</summary>
    public async Task<IReadOnlyList<KnownFile>> HandleAsync(int datasetId, IReadOnlyList<OfferedFile> files, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var pictures = await db.Images.Where(i => i.DatasetId == datasetId && i.Page == 0 && i.Problem != ImageItem.FileIsMissing).Select(i => new { i.Path, i.ByteCount, i.ContentHash }).ToListAsync(cancellation);
        var copies = await db.DuplicateFiles.Where(d => d.DatasetId == datasetId).Select(d => new { d.Path, d.ByteCount, d.ContentHash }).ToListAsync(cancellation);
        var known = pictures.Concat(copies).GroupBy(p => p.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (Bytes: g.First().ByteCount, Hash: g.First().ContentHash), StringComparer.Ordinal);
        return [.. files.Select(f => Find(known, f)).OfType<KnownFile>()];

        static KnownFile? Find(Dictionary<string, (long Bytes, string Hash)> known, OfferedFile file) =>
            DatasetPath.TryNormalise(file.Path, out var path, out _) && known.TryGetValue(path, out var there) && there.Bytes == file.Size
                ? new KnownFile(file.Path, there.Hash) : null;
    }
}

/// <param name="Path">Path as the client says it.</param>
/// <param name="Size">Bytes.</param>
public sealed record OfferedFile(string Path, long Size);

/// <param name="Path">Path as the client says it.</param>
/// <param name="Hash">SHA-256 of the bytes that are here.</param>
public sealed record KnownFile(string Path, string Hash);
