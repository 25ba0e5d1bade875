using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace GlmStudio.Web.Data;

/// <summary>Pictures that nobody has measured yet. On PostgreSQL their rows stay locked until the claim ends, and other nodes pass over them: no picture is measured twice.</summary>
internal sealed class PictureClaim : IAsyncDisposable
{
    private readonly IDbContextTransaction? _transaction;

    private PictureClaim(IReadOnlyList<ImageItem> items, IDbContextTransaction? transaction) => (Items, _transaction) = (items, transaction);

    public IReadOnlyList<ImageItem> Items { get; }

    /// <summary>Takes the next ones; changes of them are saved with the context and kept by <see cref="KeepAsync"/>.</summary>
    public static async Task<PictureClaim> TakeAsync(StudioDbContext db, long after, int most, CancellationToken cancellation)
    {
        if (db is not PostgresStudioDbContext)
            return new PictureClaim(await db.Images.Where(i => i.Id > after && i.Quality == null && i.Problem == null).OrderBy(i => i.Id).Take(most).ToListAsync(cancellation), null);
        var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Pictures are read meanwhile, which may take longer than a session may stand still.
        await db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = '30min'", cancellation);
        // Not FOR UPDATE: batches may refer to the pictures meanwhile.
        var ids = await db.Database.SqlQuery<long>($"""
            SELECT "Id" AS "Value" FROM "Images" WHERE "Id" > {after} AND "Quality" IS NULL AND "Problem" IS NULL ORDER BY "Id" LIMIT {most} FOR NO KEY UPDATE SKIP LOCKED
            """).ToListAsync(cancellation);
        return new PictureClaim(await db.Images.Where(i => ids.Contains(i.Id)).OrderBy(i => i.Id).ToListAsync(cancellation), transaction);
    }

    public Task KeepAsync(CancellationToken cancellation) => _transaction?.CommitAsync(cancellation) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _transaction?.DisposeAsync() ?? ValueTask.CompletedTask;
}
