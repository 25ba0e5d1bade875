using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Section <c>Cluster</c>: several nodes on one PostgreSQL database (docs/cluster.md).</summary>
public sealed class ClusterOptions
{
    /// <summary>What people call this node; empty: the machine's name.</summary>
    [MaxLength(100)] public string Name { get; set; } = "";

    /// <summary>Seconds between two signs of life of a node. The same on all nodes: one that was not seen for three of them counts as silent.</summary>
    [Range(1, 60)] public int HeartbeatSeconds { get; set; } = 5;

    /// <summary>Seconds between saying "not ready" and closing the doors at a stop, for a proxy that asks <c>/healthz/ready</c>.</summary>
    [Range(0, 300)] public int DrainSeconds { get; set; }

    /// <summary>Seconds that a node waits at its start for a database that does not answer; then it ends with the reason.</summary>
    [Range(0, 86_400)] public int StartWaitSeconds { get; set; } = 60;

    internal TimeSpan StartWait => TimeSpan.FromSeconds(StartWaitSeconds);

    internal TimeSpan Heartbeat => TimeSpan.FromSeconds(HeartbeatSeconds);
}
