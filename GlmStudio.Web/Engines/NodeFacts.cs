using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Engines;

/// <summary>What this node has: engines, cards, cores and free memory.</summary>
public sealed class NodeFacts(EngineCatalog engines, CheckpointFolders folders, IOptions<ModelOptions> models, IOptions<ClusterOptions> cluster)
{
    // Cards do not come and go while a program runs.
    private readonly List<string> _cards = MachineFacts.Cards();

    /// <summary>This node as it is now; its times are left to the caller, who knows the database's clock.</summary>
    public Node Read()
    {
        var listed = engines.List();
        var loaded = listed.Select(e => e.Name).Order(StringComparer.OrdinalIgnoreCase).ToList();
        return new Node
        {
            Id = OwnerProcess.Current,
            Name = cluster.Value.Name is { Length: > 0 } name ? name : Environment.MachineName,
            Version = ProgramVersion.Current,
            Device = models.Value.Device,
            Cores = Environment.ProcessorCount,
            FreeMemoryBytes = MachineFacts.FreeMemory(),
            Cards = _cards,
            Loaded = loaded,
            Warnings = [.. listed.Where(e => e.Warning is not null).Select(e => $"{e.Name}: {e.Warning}")],
            Loadable = [.. folders.List().Select(f => Path.GetFileName(f)).Where(engines.CouldAnswer).Except(loaded, StringComparer.OrdinalIgnoreCase)],
        };
    }
}
