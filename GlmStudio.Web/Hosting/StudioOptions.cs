using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Hosting;

/// <summary>Section <c>Studio</c>: where state lives and where the program listens.</summary>
public sealed class StudioOptions
{
    /// <summary>All state in one folder; relative to the content root. <c>--data</c></summary>
    [Required] public string Data { get; set; } = "data";

    /// <summary>Address both doors listen on: loopback unless it is meant to be reached from outside.</summary>
    [Required] public string Bind { get; set; } = "127.0.0.1";

    /// <summary>Further names people reach this server by, for example <c>studio.example</c>. On a loopback address only these, localhost and
    /// loopback addresses are answered; elsewhere every name is, unless some are listed here.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>Port of the dashboard; 0 takes a free one. <c>--web-port</c></summary>
    [Range(0, 65535)] public int WebPort { get; set; } = 7860;

    /// <summary>Port of the API; 0 takes a free one. <c>--api-port</c></summary>
    [Range(0, 65535)] public int ApiPort { get; set; } = 8000;

    /// <summary>PostgreSQL or SQLite connection string; empty: <c>studio.db</c> in the data folder.</summary>
    public string Database { get; set; } = "";

    /// <summary>Pictures up to so many bytes are kept in the database instead of the data folder; 0: none. For nodes that share no folder.</summary>
    [Range(0, 64 << 20)] public int SmallImageBytes { get; set; }

    /// <summary>Create the sample project in an empty database.</summary>
    public bool Samples { get; set; } = true;
}
