using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary>Lists and cancels the batches of programs.</summary>
public sealed class ReadCompletionBatches(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time)
{
    public const int MaxPage = 100;

    /// <summary>Newest first.</summary>
    /// <returns>Null where <paramref name="after"/> names no batch.</returns>
    public async Task<(IReadOnlyList<CompletionBatch> Batches, bool HasMore)?> ListAsync(string? after, int limit, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var batches = db.CompletionBatches.AsNoTracking().OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id).AsQueryable();
        if (after is not null)
        {
            if (await FindAsync(after, cancellation) is not { } last) return null;
            // Of those of the very same moment, the ones that follow.
            var ties = (await batches.Where(b => b.CreatedAt == last.CreatedAt).Select(b => b.Id).ToListAsync(cancellation)).SkipWhile(id => id != after).Skip(1).ToList();
            batches = batches.Where(b => b.CreatedAt < last.CreatedAt || ties.Contains(b.Id));
        }
        var found = await batches.Take(limit + 1).ToListAsync(cancellation);
        return (found.Take(limit).ToList(), found.Count > limit);
    }

    public async Task<CompletionBatch?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.CompletionBatches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellation);
    }

    /// <summary>Stops a batch: what is answered goes to its files, the rest is left.</summary>
    /// <returns>Whether it was still working.</returns>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        var changed = await db.CompletionBatches
            .Where(b => b.Id == id && (b.Status == CompletionBatchStatus.Validating || b.Status == CompletionBatchStatus.InProgress))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, CompletionBatchStatus.Cancelling).SetProperty(b => b.CancellingAt, now), cancellation);
        changes.Raise("completion-batch", 0);
        return changed == 1 || await db.CompletionBatches.AnyAsync(b => b.Id == id && b.Status == CompletionBatchStatus.Cancelling, cancellation);
    }
}
