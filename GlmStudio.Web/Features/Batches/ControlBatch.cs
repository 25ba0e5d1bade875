using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Pause, resume, cancel, retry, delete. Each is one transaction on the database; a running batch sees it through its watch.</summary>
public sealed class ControlBatch(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Rows in flight are answered to their end; no further row starts.</summary>
    public Task<BatchChanged> PauseAsync(int batchId, CancellationToken cancellation) => ChangeAsync(batchId, "Only a waiting or running batch can be paused; this one is {0}.", async db =>
        await db.Batches.Where(b => b.Id == batchId && b.Owner == null && (b.Status == BatchStatus.Queued || b.Status == BatchStatus.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Paused), cancellation) == 1, cancellation);

    /// <summary>A paused or stopped batch goes on with the rows that wait.</summary>
    public Task<BatchChanged> ResumeAsync(int batchId, CancellationToken cancellation) => ChangeAsync(batchId, "Only a paused or stopped batch can be resumed; this one is {0}.", async db =>
        await db.Batches.Where(b => b.Id == batchId && (b.Status == BatchStatus.Paused || b.Status == BatchStatus.Failed))
            .ExecuteUpdateAsync(Requeue, cancellation) == 1, cancellation);

    /// <summary>Work in flight is dropped at once; what is answered stays.</summary>
    public Task<BatchChanged> CancelAsync(int batchId, CancellationToken cancellation) => ChangeAsync(batchId, "The batch is {0} already.", async db =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        var changed = await db.Batches
            .Where(b => b.Id == batchId && b.Status != BatchStatus.Finished && b.Status != BatchStatus.Cancelled)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Cancelled).SetProperty(b => b.FinishedAt, now)
                .SetProperty(b => b.Owner, (string?)null), cancellation);
        if (changed == 1) await db.Rows.Where(r => r.BatchId == batchId && (r.Status == RowStatus.Queued || r.Status == RowStatus.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Cancelled).SetProperty(r => r.NodeId, (string?)null)
                .SetProperty(r => r.LeaseUntil, (DateTime?)null), cancellation);
        return changed == 1;
    }, cancellation);

    /// <summary>Failed and cancelled rows wait again. Pictures that cannot be read stay failed: asking again would change nothing.</summary>
    public Task<BatchChanged> RetryAsync(int batchId, CancellationToken cancellation) => ChangeAsync(batchId, "The batch has no row to ask again.", async db =>
    {
        // The batch first: its row lock keeps a runner from finishing it between the two updates.
        if (await db.Batches.Where(b => b.Id == batchId && b.Owner == null).ExecuteUpdateAsync(Requeue, cancellation) == 0) return false;
        return await Retryable(db.Rows).Where(r => r.BatchId == batchId).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, RowStatus.Queued).SetProperty(r => r.Error, (string?)null).SetProperty(r => r.NotBefore, (DateTime?)null), cancellation) > 0;
    }, cancellation);

    /// <summary>Moves a batch before or behind others that wait for the same engine; one that runs is not interrupted.</summary>
    public Task<BatchChanged> PrioritiseAsync(int batchId, BatchPriority priority, CancellationToken cancellation) => ChangeAsync(batchId, "The batch is {0}; its priority no longer matters.", async db =>
        await db.Batches.Where(b => b.Id == batchId && b.Status != BatchStatus.Finished && b.Status != BatchStatus.Cancelled)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Priority, priority), cancellation) == 1, cancellation);

    /// <summary>Removes the batch with its rows, cells and corrections. Pictures and labels stay.</summary>
    public async Task<BatchChanged> DeleteAsync(int batchId, CancellationToken cancellation)
    {
        await CancelAsync(batchId, cancellation);
        return await ChangeAsync(batchId, "The batch is {0}.", async db =>
            await db.Batches.Where(b => b.Id == batchId).ExecuteDeleteAsync(cancellation) == 1, cancellation);
    }

    /// <summary>Rows that <see cref="RetryAsync"/> would ask again.</summary>
    public static IQueryable<Row> Retryable(IQueryable<Row> rows) =>
        rows.Where(r => r.Status == RowStatus.Cancelled || (r.Status == RowStatus.Failed && r.ImageItem!.Problem == null));

    private static void Requeue(UpdateSettersBuilder<Batch> set) => set.SetProperty(b => b.Status, BatchStatus.Queued)
        .SetProperty(b => b.Problem, (string?)null).SetProperty(b => b.FinishedAt, (DateTime?)null);

    private async Task<BatchChanged> ChangeAsync(int batchId, string refusal, Func<StudioDbContext, Task<bool>> change, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await change(db))
        {
            await transaction.RollbackAsync(cancellation);
            return new BatchChanged(await ExplainAsync(db, batchId, refusal, cancellation));
        }
        await transaction.CommitAsync(cancellation);
        changes.Raise("batch-status", batchId);
        changes.Raise("batch", batchId);
        return new BatchChanged(null);
    }

    private static async Task<BatchProblem> ExplainAsync(StudioDbContext db, int batchId, string refusal, CancellationToken cancellation)
    {
        var batch = await db.Batches.Where(b => b.Id == batchId).Select(b => new { b.Status, b.Owner }).SingleOrDefaultAsync(cancellation);
        if (batch is null) return new("There is no batch {0}.", batchId);
        return batch.Owner is not null ? new("The batch belongs to a command that is running; it can only be cancelled.") : new(refusal, batch.Status);
    }
}

/// <summary>Null: done. Otherwise why not.</summary>
public sealed record BatchChanged(BatchProblem? Problem);
