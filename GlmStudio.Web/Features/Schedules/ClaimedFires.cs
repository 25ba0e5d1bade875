using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Fires that waited and are being started: each says which node does it, so that another can go on where that one ends before its batch is noted.</summary>
public sealed class ClaimedFires(IDbContextFactory<StudioDbContext> database, StudioDatabase studio, LiveNodes nodes)
{
    private const string Starting = "It is being started by {0}";

    /// <summary>Takes a waiting fire for this node.</summary>
    /// <returns>Whether it was still waiting.</returns>
    internal static async Task<bool> TakeAsync(StudioDbContext db, long fireId, CancellationToken cancellation) =>
        await db.ScheduleFires.Where(f => f.Id == fireId && f.Outcome == FireOutcome.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.Outcome, FireOutcome.Began).SetProperty(f => f.Reason, Starting).SetProperty(f => f.Detail, OwnerProcess.Current), cancellation) == 1;

    /// <summary>Takes a fire that is not in the database yet.</summary>
    internal static void Take(ScheduleFire fire) => (fire.Outcome, fire.Reason, fire.Detail) = (FireOutcome.Began, Starting, OwnerProcess.Current);

    /// <summary>Lets a fire wait with the reason it had before.</summary>
    internal static Task<int> GiveBackAsync(StudioDbContext db, long fireId, (string? Reason, string? Detail) before) =>
        db.ScheduleFires.Where(f => f.Id == fireId).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.Outcome, FireOutcome.Waiting).SetProperty(f => f.Reason, before.Reason).SetProperty(f => f.Detail, before.Detail));

    /// <summary>A fire that a node took and has noted no batch of.</summary>
    internal static Task<ScheduleFire?> FindAsync(StudioDbContext db, long fireId, CancellationToken cancellation) => Taken(db).SingleOrDefaultAsync(f => f.Id == fireId, cancellation);

    /// <summary>Those whose node is gone, and this node's own: whoever enters the turn knows that it is not in the middle of one.</summary>
    internal async Task<IReadOnlyList<long>> AbandonedAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var taken = await Taken(db).OrderBy(f => f.Id).Select(f => new { f.Id, Node = f.Detail! }).ToListAsync(cancellation);
        if (taken.Count == 0) return [];
        var alive = await OthersAsync(cancellation);
        return [.. taken.Where(f => !alive.Contains(f.Node) || OwnerProcess.HasEnded(f.Node)).Select(f => f.Id)];
    }

    private static IQueryable<ScheduleFire> Taken(StudioDbContext db) =>
        db.ScheduleFires.Where(f => f.Outcome == FireOutcome.Began && f.BatchId == null && f.Reason == Starting);

    /// <summary>The other nodes that live. A SQLite file has one server.</summary>
    private async Task<HashSet<string>> OthersAsync(CancellationToken cancellation) => studio.IsPostgres
        ? [.. (await nodes.ListAsync(cancellation)).Where(n => n.State != NodeState.Silent && n.Node.Id != OwnerProcess.Current).Select(n => n.Node.Id)]
        : [];
}
