using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;

namespace GlmStudio.Web.Engines;

/// <summary>Where work goes: to the nodes that have its engine loaded (docs/cluster.md). On SQLite there is one node, and all of it is here.</summary>
public sealed class EngineRoutes(StudioDatabase database, LiveNodes nodes, EngineCatalog engines)
{
    /// <summary>The routes as they are now.</summary>
    public async Task<RoutingTable> ReadAsync(CancellationToken cancellation) => database.IsPostgres
        ? new RoutingTable(OwnerProcess.Current, await nodes.TakingWorkAsync(cancellation), name => engines.Find(name) is not null, engines.CouldAnswer)
        : new RoutingTable(OwnerProcess.Current, [], _ => true, _ => true);

    /// <summary>What other living nodes have loaded and this one has not: the names of those nodes, by engine.</summary>
    public async Task<ILookup<string, string>> ElsewhereAsync(CancellationToken cancellation)
    {
        var living = database.IsPostgres ? await nodes.TakingWorkAsync(cancellation) : [];
        return living.Where(n => n.Id != OwnerProcess.Current).SelectMany(n => n.Loaded, (node, engine) => (Engine: engine, Node: node.Name))
            .Where(l => engines.Find(l.Engine) is null).ToLookup(l => l.Engine, l => l.Node, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether another node answers for the engine, so that this one need not load it. An engine that is loaded here is never elsewhere.</summary>
    public async Task<bool> IsElsewhereAsync(string engine, CancellationToken cancellation) =>
        engines.Find(engine) is null && (await ReadAsync(cancellation)).Of(engine) == EngineRoute.Elsewhere;
}
