using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Rows of a batch that nobody is in the middle of saving. A node that stands still there keeps its locks until the database ends its session; whoever waited for them would stand still too.</summary>
internal static class FreeRows
{
    /// <summary>Locks those that are free, until the transaction ends, and passes over the others.</summary>
    /// <param name="db">The database, in a transaction.</param>
    /// <param name="ids">Rows.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The locked ones. On SQLite, where writers take turns, all.</returns>
    public static async Task<IReadOnlyList<long>> LockAsync(StudioDbContext db, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        if (db is not PostgresStudioDbContext) return ids;
        long[] wanted = [.. ids];
        return await db.Database.SqlQuery<long>($"""
            SELECT "Id" AS "Value" FROM "Rows" WHERE "Id" = ANY({wanted}) FOR NO KEY UPDATE SKIP LOCKED
            """).ToListAsync(cancellation);
    }
}
