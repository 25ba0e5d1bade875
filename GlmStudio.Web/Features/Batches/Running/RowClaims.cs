using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Every change of a row's status while a batch runs. A claim is one conditional UPDATE and carries the number of the attempt and the node;
/// what came of it is saved only while that very claim stands. So nothing is answered twice, whoever was killed, stopped or cancelled between.</summary>
/// <remarks>Any number of nodes may share a batch. Each holds its rows on a lease in the database's clock (docs/cluster.md): it renews them while it lives,
/// and whoever finds a lease that has ended puts the row back in the queue.</remarks>
public sealed class RowClaims(IDbContextFactory<StudioDbContext> databases, DatabaseClock clock, IOptions<BatchOptions> options, TimeProvider time)
{
    /// <summary>Who claims.</summary>
    public string Node { get; init; } = OwnerProcess.Current;

    private TimeSpan Lease => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    /// <summary>Takes the batch's next waiting row in upload order, or null where none waits or the batch does not run.</summary>
    public async Task<ClaimedRow?> ClaimAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await ClaimSql.TakeNextAsync(db, batchId, Node, Lease, time.GetUtcNow().UtcDateTime, cancellation) is { } row ? ClaimedRow.Of(row, clock.Mark(row.ClaimedAt)) : null;
    }

    /// <summary>How long until the next of the batch's postponed rows is due; null where none waits for its time or the batch does not run.</summary>
    public async Task<TimeSpan?> NextDueAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var due = await db.Rows.Where(r => r.BatchId == batchId && r.Status == RowStatus.Queued && r.Batch!.Status == BatchStatus.Running && r.NotBefore != null)
            .MinAsync(r => r.NotBefore, cancellation);
        return due is null ? null : due - await clock.NowAsync(db, cancellation);
    }

    /// <summary>Saves an answer, its cells and its line of the journal together. False where the claim no longer stands: then nothing is saved.</summary>
    public async Task<bool> AnswerAsync(ClaimedRow row, RowAnswer answer)
    {
        await using var db = databases.CreateDbContext();
        var now = clock.Now(db, row.Claimed);
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await AnswerSql.SaveAsync(db, answer.ToRow(row, now), Node)) return false;
        // Only an answer has cells, and a row's first claim finds none.
        if (row.Attempt > 1) await db.Cells.Where(c => c.RowId == row.Id).ExecuteDeleteAsync();
        foreach (var cell in answer.Cells) cell.RowId = row.Id;
        db.Cells.AddRange(answer.Cells);
        db.Corrections.AddRange(answer.Corrections);
        db.Journal.Add(answer.ToEntry(row, now));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Saves why a row has no answer.</summary>
    public Task<bool> FailAsync(ClaimedRow row, string error, double seconds) => GiveUpAsync(row, JournalEvent.Failed, error, seconds,
        (set, _) => set.SetProperty(r => r.Status, RowStatus.Failed).SetProperty(r => r.Error, error).SetProperty(r => r.Seconds, seconds));

    /// <summary>Puts a row back in the queue for a while; the journal keeps why.</summary>
    public Task<bool> PostponeAsync(ClaimedRow row, string error, double seconds, TimeSpan wait) => GiveUpAsync(row, JournalEvent.TriedAgain, error, seconds,
        (set, now) => set.SetProperty(r => r.Status, RowStatus.Queued).SetProperty(r => r.NotBefore, now + wait));

    /// <summary>Gives a claimed row back to the queue.</summary>
    public async Task ReleaseAsync(ClaimedRow row)
    {
        await using var db = databases.CreateDbContext();
        await Held(db, row).ExecuteUpdateAsync(WaitAgain);
    }

    /// <summary>Gives back what this node holds of a batch.</summary>
    public async Task ReleaseAllAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await db.Rows.Where(r => r.BatchId == batchId && r.Status == RowStatus.Running && r.NodeId == Node).ExecuteUpdateAsync(WaitAgain, cancellation);
    }

    /// <summary>Holds rows for a whole lease more.</summary>
    /// <param name="claims">Rows and attempts.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Those that are still this node's.</returns>
    public async Task<IReadOnlySet<(long Id, int Attempt)>> RenewAsync(IReadOnlyCollection<(long Id, int Attempt)> claims, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        long[] ids = [.. claims.Select(c => c.Id)];
        var mine = db.Rows.Where(r => ids.Contains(r.Id) && r.Status == RowStatus.Running && r.NodeId == Node);
        var until = await clock.NowAsync(db, cancellation) + Lease;
        await mine.ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until), cancellation);
        return (await mine.Select(r => new { r.Id, r.Attempts }).ToListAsync(cancellation)).Select(r => (r.Id, r.Attempts)).ToHashSet();
    }

    /// <summary>Rows whose lease has ended, or whose node has, wait again. Rows without a lease are from a version that had none.</summary>
    /// <param name="hasEnded">Whether a node is known to have ended: then nobody waits for its leases.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Their batches.</returns>
    public async Task<IReadOnlyList<int>> ReclaimAsync(Func<string, bool> hasEnded, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var running = db.Rows.Where(r => r.Status == RowStatus.Running);
        string[] ended = [.. (await running.Where(r => r.NodeId != null).Select(r => r.NodeId!).Distinct().ToListAsync(cancellation)).Where(hasEnded)];
        var now = await clock.NowAsync(db, cancellation);
        var lost = running.Where(r => r.LeaseUntil == null || r.LeaseUntil < now || ended.Contains(r.NodeId));
        var found = await lost.Select(r => new { r.Id, r.BatchId }).ToListAsync(cancellation);
        if (found.Count == 0) return [];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var free = (await FreeRows.LockAsync(db, found.ConvertAll(r => r.Id), cancellation)).ToHashSet();
        await lost.Where(r => free.Contains(r.Id)).ExecuteUpdateAsync(WaitAgain, cancellation);
        await transaction.CommitAsync(cancellation);
        return [.. found.Where(r => free.Contains(r.Id)).Select(r => r.BatchId).Distinct()];
    }

    /// <summary>Batches whose owner ended without finishing them: paused, with the reason, for a person to resume. Returns their ids.</summary>
    public async Task<IReadOnlyList<int>> TakeOverAsync(Func<string, bool> hasEnded, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var owned = await db.Batches.Where(b => b.Owner != null && (b.Status == BatchStatus.Queued || b.Status == BatchStatus.Running))
            .Select(b => new { b.Id, b.Owner }).ToListAsync(cancellation);
        int[] abandoned = [.. owned.Where(b => hasEnded(b.Owner!)).Select(b => b.Id)];
        if (abandoned.Length == 0) return [];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Batches.Where(b => abandoned.Contains(b.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Status, BatchStatus.Paused).SetProperty(b => b.Owner, (string?)null)
            .SetProperty(b => b.Problem, "The command that ran it ended early."), cancellation);
        await db.Rows.Where(r => abandoned.Contains(r.BatchId) && r.Status == RowStatus.Running).ExecuteUpdateAsync(WaitAgain, cancellation);
        await transaction.CommitAsync(cancellation);
        return abandoned;
    }

    private async Task<bool> GiveUpAsync(ClaimedRow row, JournalEvent happened, string error, double seconds, Action<UpdateSettersBuilder<Row>, DateTime> change)
    {
        await using var db = databases.CreateDbContext();
        var now = clock.Now(db, row.Claimed);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var held = await Held(db, row).ExecuteUpdateAsync(set =>
        {
            change(set, now);
            set.SetProperty(r => r.NodeId, (string?)null).SetProperty(r => r.LeaseUntil, (DateTime?)null);
        });
        if (held == 0) return false;
        db.Journal.Add(new JournalEntry
        {
            RowId = row.Id, Attempt = row.Attempt, Event = happened, At = now, Seconds = seconds,
            Note = error.Length > JournalEntry.MaxNote ? error[..JournalEntry.MaxNote] : error,
        });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    private static void WaitAgain(UpdateSettersBuilder<Row> set) =>
        set.SetProperty(r => r.Status, RowStatus.Queued).SetProperty(r => r.NodeId, (string?)null).SetProperty(r => r.LeaseUntil, (DateTime?)null);

    // The attempt only grows and the node is one process: together they are the claim's fencing token.
    private IQueryable<Row> Held(StudioDbContext db, ClaimedRow row) =>
        db.Rows.Where(r => r.Id == row.Id && r.Status == RowStatus.Running && r.Attempts == row.Attempt && r.NodeId == Node);
}
