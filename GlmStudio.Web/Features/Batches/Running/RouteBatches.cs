using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Which waiting batches this node takes: those whose engine is loaded here, or is loaded nowhere and for this node to load. One that no node can serve says so on its page.</summary>
public sealed class RouteBatches(IDbContextFactory<StudioDbContext> databases, EngineRoutes routes, ChangeFeed changes)
{
    internal const string NoNode = "No node has this batch's engine or could load it. It waits until one does.";

    /// <summary>Those for this node, of higher priority first, then the oldest.</summary>
    public async Task<IReadOnlyList<WaitingBatch>> WaitingHereAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        // A running batch whose last rows are with other nodes has nothing for this one.
        var waiting = await db.Batches.Where(b => b.Owner == null && (b.Status == BatchStatus.Queued
                || (b.Status == BatchStatus.Running && db.Rows.Any(r => r.BatchId == b.Id && r.Status == RowStatus.Queued))))
            .OrderBy(b => b.Id).Select(b => new WaitingBatch(b.Id, b.Engine, b.Priority, b.Problem)).ToListAsync(cancellation);
        if (waiting.Count == 0) return [];
        var table = await routes.ReadAsync(cancellation);
        var routed = waiting.ConvertAll(b => (Batch: b, Route: table.Of(b.Engine)));
        foreach (var (batch, route) in routed.Where(r => r.Route == EngineRoute.Nowhere != (r.Batch.Problem == NoNode)))
            await SayAsync(db, batch, route == EngineRoute.Nowhere ? NoNode : null, cancellation);
        // Here and not in the database, which keeps priorities as words.
        return [.. routed.Where(r => r.Route == EngineRoute.Here).Select(r => r.Batch).OrderByDescending(b => b.Priority)];
    }

    private async Task SayAsync(StudioDbContext db, WaitingBatch batch, string? problem, CancellationToken cancellation)
    {
        await db.Batches.Where(b => b.Id == batch.Id && b.Problem == batch.Problem && (b.Status == BatchStatus.Queued || b.Status == BatchStatus.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Problem, problem), cancellation);
        changes.Raise("batch", batch.Id);
    }
}

/// <summary>A batch with rows that nobody answers yet.</summary>
public sealed record WaitingBatch(int Id, string Engine, BatchPriority Priority, string? Problem);
