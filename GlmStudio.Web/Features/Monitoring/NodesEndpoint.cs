using GlmStudio.Web.Data.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Monitoring;

/// <summary><c>GET /api/nodes</c>: the server processes on this database.</summary>
internal static class NodesEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/nodes", ListAsync).WithTags("System").WithSummary("The nodes on this database: what each has, how many rows it answers now, and whether it lives");

    private static async Task<Ok<NodeList>> ListAsync(LiveNodes nodes, CancellationToken cancellation) =>
        TypedResults.Ok(new NodeList([.. (await nodes.ListAsync(cancellation)).Select(NodeEntry.Of)]));
}

/// <summary>The nodes, by name.</summary>
public sealed record NodeList(IReadOnlyList<NodeEntry> Nodes);

/// <summary>One server process.</summary>
/// <param name="Id">Machine, process id and start tick.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="State">Lives, Drains (takes nothing new) or Silent.</param>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="SeenAt">When it last said that it lives, UTC.</param>
/// <param name="Rows">Rows it answers now.</param>
/// <param name="Device">Where its checkpoints run.</param>
/// <param name="Cores">Processor cores.</param>
/// <param name="FreeMemoryBytes">Free memory.</param>
/// <param name="Cards">Its graphics cards.</param>
/// <param name="Loaded">Engines that answer there now.</param>
/// <param name="Loadable">Checkpoints it could load.</param>
/// <param name="Warnings">Why engines do not compute there as they were told to: name and reason each.</param>
public sealed record NodeEntry(string Id, string Name, NodeState State, string Version, DateTime StartedAt, DateTime SeenAt, int Rows, string Device, int Cores,
    long FreeMemoryBytes, IReadOnlyList<string> Cards, IReadOnlyList<string> Loaded, IReadOnlyList<string> Loadable, IReadOnlyList<string> Warnings)
{
    internal static NodeEntry Of(NodeReport report)
    {
        var node = report.Node;
        return new NodeEntry(node.Id, node.Name, report.State, node.Version, node.StartedAt, node.SeenAt, report.Rows, node.Device, node.Cores,
            node.FreeMemoryBytes, node.Cards, node.Loaded, node.Loadable, node.Warnings);
    }
}
