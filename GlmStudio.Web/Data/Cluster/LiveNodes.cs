using System.Text.Json.Serialization;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Which nodes there are, by what they wrote down themselves.</summary>
public sealed class LiveNodes(IDbContextFactory<StudioDbContext> databases, DatabaseClock clock, IOptions<ClusterOptions> options)
{
    private const int MostMissedBeats = 3;

    /// <summary>Every node that was seen within a day, by name.</summary>
    public async Task<IReadOnlyList<NodeReport>> ListAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var silentSince = await SilentSinceAsync(db, cancellation);
        var nodes = await db.Nodes.AsNoTracking().ToListAsync(cancellation);
        var rows = await db.Rows.Where(r => r.Status == RowStatus.Running && r.NodeId != null).GroupBy(r => r.NodeId!)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        return [.. nodes.OrderBy(n => n.Name, StringComparer.Ordinal).ThenBy(n => n.Id, StringComparer.Ordinal)
            .Select(n => new NodeReport(n, StateOf(n, silentSince), rows.GetValueOrDefault(n.Id)))];
    }

    /// <summary>The nodes that live and take work, the lowest id first: on every node the same order.</summary>
    public async Task<IReadOnlyList<Node>> TakingWorkAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var silentSince = await SilentSinceAsync(db, cancellation);
        var nodes = await db.Nodes.AsNoTracking().Where(n => !n.IsDraining && n.SeenAt >= silentSince).ToListAsync(cancellation);
        return [.. nodes.OrderBy(n => n.Id, StringComparer.Ordinal)];
    }

    private async Task<DateTime> SilentSinceAsync(StudioDbContext db, CancellationToken cancellation) =>
        await clock.NowAsync(db, cancellation) - (MostMissedBeats * options.Value.Heartbeat);

    private static NodeState StateOf(Node node, DateTime silentSince) =>
        node.SeenAt < silentSince ? NodeState.Silent : node.IsDraining ? NodeState.Drains : NodeState.Lives;
}

/// <summary>Whether a node can be counted on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NodeState>))]
public enum NodeState
{
    Lives,

    /// <summary>Finishes what it has and takes nothing new.</summary>
    Drains,

    /// <summary>Said nothing for three heartbeats: it ended, or does not reach the database.</summary>
    Silent,
}

/// <summary>A node as others see it.</summary>
/// <param name="Node">What it wrote down.</param>
/// <param name="State">Whether it lives.</param>
/// <param name="Rows">Rows it answers now.</param>
public sealed record NodeReport(Node Node, NodeState State, int Rows);
