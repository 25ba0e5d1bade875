namespace GlmStudio.Web.Domain;

/// <summary>One server process of the Studio. It writes down what it has every few seconds, so that the others and the System page know of it.</summary>
public sealed class Node
{
    /// <summary>Machine, process id and start tick: no two processes ever share one.</summary>
    public required string Id { get; set; }

    /// <summary>For people, for example the machine's name.</summary>
    public required string Name { get; set; }

    public required string Version { get; set; }
    public DateTime StartedAt { get; set; }

    /// <summary>When it last said that it lives, on the database's clock.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>True while it finishes what it has and takes nothing new: it is about to stop.</summary>
    public bool IsDraining { get; set; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; set; }

    public int Cores { get; set; }

    /// <summary>Bytes of memory that are free on its machine.</summary>
    public long FreeMemoryBytes { get; set; }

    /// <summary>Names of the graphics cards it sees.</summary>
    public List<string> Cards { get; set; } = [];

    /// <summary>Engines that answer there now.</summary>
    public List<string> Loaded { get; set; } = [];

    /// <summary>Why engines do not compute there as they were told to: name and reason each, for people.</summary>
    public List<string> Warnings { get; set; } = [];

    /// <summary>Checkpoints it could load, beside the loaded ones.</summary>
    public List<string> Loadable { get; set; } = [];
}
