using GlmStudio.Engine;

namespace GlmStudio.Web.Engines;

/// <summary>The engines of this process, by name. Features ask it for an engine; only Models changes what it holds.</summary>
public sealed class EngineCatalog(IEnumerable<IGlmEngine> engines)
{
    private readonly Dictionary<string, IGlmEngine> _engines = engines.ToDictionary(e => e.Info.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What can be asked for now, the default first.</summary>
    public IReadOnlyList<EngineInfo> List() => [.. _engines.Values.Select(e => e.Info)];

    /// <summary>The engine of that name (null or empty: the default), or null where there is none.</summary>
    public IGlmEngine? Find(string? name) =>
        string.IsNullOrWhiteSpace(name) ? _engines.Values.FirstOrDefault() : _engines.GetValueOrDefault(name);

    /// <summary>One sentence for a person who asked for an engine that is not there.</summary>
    public string Missing(string name) => $"There is no engine named \"{name}\". Available: {string.Join(", ", _engines.Keys)}.";
}
