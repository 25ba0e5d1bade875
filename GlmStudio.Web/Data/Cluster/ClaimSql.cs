using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>The one statement that takes a batch's next row, for both kinds of database: found, taken and read in one round trip.</summary>
internal static class ClaimSql
{
    /// <summary>Batch {0}, node {1}, lease in seconds {2}. The clock is the database's; a row that another node is taking at this moment is passed over, not waited for.</summary>
    public static readonly string Postgres = Statement("clock_timestamp()", "clock_timestamp() + make_interval(secs => {2})", "FOR UPDATE SKIP LOCKED", Unhurried);

    /// <summary>Batch {0}, node {1}, end of the lease {2}, now {3}. One machine has one clock, and writers take turns.</summary>
    public static readonly string Sqlite = Statement("{3}", "{2}", "", "");

    /// <summary>Takes the batch's next waiting row in upload order; null where none waits or the batch does not run.</summary>
    /// <param name="db">The database.</param>
    /// <param name="batchId">The batch.</param>
    /// <param name="node">Who takes it.</param>
    /// <param name="lease">For how long.</param>
    /// <param name="now">The time where the database has no clock of its own.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<TakenRow?> TakeNextAsync(StudioDbContext db, int batchId, string node, TimeSpan lease, DateTime now, CancellationToken cancellation)
    {
        var taken = db is PostgresStudioDbContext
            ? db.Database.SqlQueryRaw<TakenRow>(Postgres, batchId, node, lease.TotalSeconds)
            : db.Database.SqlQueryRaw<TakenRow>(Sqlite, batchId, node, now + lease, now);
        return (await taken.ToListAsync(cancellation)) is [var row] ? row : null;
    }

    // Waiting rows are an index of their own in this order: the first entry that is due is the row.
    private static string Statement(string now, string until, string locking, string more) => $"""
        UPDATE "Rows" SET "Status" = 'Running', "Attempts" = "Attempts" + 1, "NodeId" = {Node}, "LeaseUntil" = {until}
        WHERE "Id" = (
            SELECT r."Id" FROM "Rows" AS r
            WHERE r."BatchId" = {Batch} AND r."Status" = 'Queued' AND (r."NotBefore" IS NULL OR r."NotBefore" <= {now})
                AND EXISTS (SELECT 1 FROM "Batches" AS b WHERE b."Id" = {Batch} AND b."Status" = 'Running')
            ORDER BY r."Ordinal" LIMIT 1 {locking}){more}
        RETURNING "Id", "BatchId", "Attempts", "ImageItemId", "Repeat",
            (SELECT i."ContentHash" FROM "Images" AS i WHERE i."Id" = "Rows"."ImageItemId") AS "ContentHash",
            (SELECT i."Page" FROM "Images" AS i WHERE i."Id" = "Rows"."ImageItemId") AS "Page",
            (SELECT i."Quality" ->> 'Notes' FROM "Images" AS i WHERE i."Id" = "Rows"."ImageItemId") AS "Notes", {now} AS "ClaimedAt"
        """;

    // This one commit does not wait for the disk: a server that loses its power forgets at most the claim, and the row waits. The commit that saves the answer waits.
    private const string Unhurried = " AND set_config('synchronous_commit', 'off', true) = 'off'";

    private const string Batch = "{0}";
    private const string Node = "{1}";
}

/// <summary>What the statement returns.</summary>
/// <param name="Notes">The picture's quality notes as JSON; null where it was not measured yet.</param>
/// <param name="ClaimedAt">When, on the database's clock.</param>
internal sealed record TakenRow(long Id, int BatchId, int Attempts, long ImageItemId, int Repeat, string ContentHash, int Page, string? Notes, DateTime ClaimedAt);
