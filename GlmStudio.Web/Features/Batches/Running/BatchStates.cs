using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>What a run does to its batch's status. Several nodes may run a batch at once, so each change is one conditional UPDATE.</summary>
public sealed class BatchStates(IDbContextFactory<StudioDbContext> databases, RowClaims claims, ChangeFeed changes, TimeProvider time)
{
    /// <summary>The waiting batch runs from now on; one that runs already is joined as it is. Null where it does neither.</summary>
    public async Task<Batch?> BeginAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        var begun = await db.Batches.Where(b => b.Id == batchId && b.Status == BatchStatus.Queued).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Status, BatchStatus.Running).SetProperty(b => b.StartedAt, b => b.StartedAt ?? now)
            .SetProperty(b => b.FinishedAt, (DateTime?)null).SetProperty(b => b.Problem, (string?)null), cancellation);
        if (begun == 1) changes.Raise("batch", batchId);
        return await db.Batches.AsNoTracking().Include(b => b.TemplateVersion).SingleOrDefaultAsync(b => b.Id == batchId && b.Status == BatchStatus.Running, cancellation);
    }

    /// <summary>The batch is finished if none of its rows is open: whichever node answered the last one does it.</summary>
    public async Task<bool> FinishAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await FinishAsync(db, db.Batches.Where(b => b.Id == batchId), cancellation) > 0;
    }

    /// <summary>Finishes the batches whose last row was answered by a node that ended before it could say so. Returns their ids.</summary>
    public async Task<IReadOnlyList<int>> FinishForgottenAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var forgotten = await WithoutOpenRows(db, db.Batches.Where(b => b.Owner == null)).Select(b => b.Id).ToListAsync(cancellation);
        if (forgotten.Count > 0) await FinishAsync(db, db.Batches.Where(b => forgotten.Contains(b.Id)), cancellation);
        return forgotten;
    }

    /// <summary>Too many rows fail: what is in flight is answered, the rest waits for a person.</summary>
    public async Task<bool> PauseAsync(int batchId)
    {
        await using var db = databases.CreateDbContext();
        var paused = await db.Batches.Where(b => b.Id == batchId && b.Status == BatchStatus.Running).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Status, BatchStatus.Paused).SetProperty(b => b.Owner, (string?)null)
            .SetProperty(b => b.Problem, "Too many rows fail (settings Batches:MaxFailedPercent and Batches:FailuresCountFrom). Look at the reasons of the failed rows, then go on."));
        Raise(batchId);
        return paused == 1;
    }

    /// <summary>The batch stops with a problem; rows that another node is answering are answered to their end.</summary>
    public async Task<bool> FailAsync(int batchId, string problem)
    {
        await using var db = databases.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        var failed = await db.Batches.Where(b => b.Id == batchId && b.Status == BatchStatus.Running).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Status, BatchStatus.Failed).SetProperty(b => b.Problem, problem).SetProperty(b => b.FinishedAt, now)
            .SetProperty(b => b.Owner, (string?)null));
        await claims.ReleaseAllAsync(batchId, CancellationToken.None);
        return failed == 1;
    }

    /// <summary>Tells pages, and whoever looks for batches to run.</summary>
    public void Raise(int batchId)
    {
        changes.Raise("batch", batchId);
        changes.Raise("batch-status", batchId);
    }

    private Task<int> FinishAsync(StudioDbContext db, IQueryable<Batch> batches, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return WithoutOpenRows(db, batches).ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Finished).SetProperty(b => b.FinishedAt, now)
            .SetProperty(b => b.Owner, (string?)null), cancellation);
    }

    private static IQueryable<Batch> WithoutOpenRows(StudioDbContext db, IQueryable<Batch> batches) => batches
        .Where(b => b.Status == BatchStatus.Running && !db.Rows.Any(r => r.BatchId == b.Id && (r.Status == RowStatus.Queued || r.Status == RowStatus.Running)));
}
