using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data;

/// <summary>Pictures small enough to be kept in the database, so that nodes need no common folder for them.</summary>
/// <param name="databases">Where they are kept.</param>
/// <param name="mostBytes">Larger ones go to the folder; 0: all do.</param>
public sealed class SmallImages(IDbContextFactory<StudioDbContext> databases, long mostBytes)
{
    public bool Takes(long length) => length <= mostBytes;

    public async Task AddAsync(string hash, byte[] bytes, CancellationToken cancellation)
    {
        if (await ContainsAsync(hash, cancellation)) return;
        await using var db = databases.CreateDbContext();
        db.StoredImages.Add(new StoredImage { Hash = hash, Bytes = bytes });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // The same bytes came twice at the same moment.
            if (!await ContainsAsync(hash, cancellation)) throw;
        }
    }

    public async Task<bool> ContainsAsync(string hash, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.StoredImages.AnyAsync(i => i.Hash == hash, cancellation);
    }

    /// <summary>Those of many that are here.</summary>
    public async Task<IReadOnlyList<string>> WhichAsync(IEnumerable<string> hashes, CancellationToken cancellation)
    {
        const int atATime = 500;
        List<string> found = [];
        await using var db = databases.CreateDbContext();
        foreach (var chunk in hashes.Chunk(atATime))
            found.AddRange(await db.StoredImages.Where(i => chunk.Contains(i.Hash)).Select(i => i.Hash).ToListAsync(cancellation));
        return found;
    }

    /// <summary>The bytes, or null.</summary>
    public async Task<byte[]?> FindAsync(string hash, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.StoredImages.Where(i => i.Hash == hash).Select(i => i.Bytes).SingleOrDefaultAsync(cancellation);
    }

    public async Task RemoveAsync(string hash, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await db.StoredImages.Where(i => i.Hash == hash).ExecuteDeleteAsync(cancellation);
    }
}
