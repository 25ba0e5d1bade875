using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Engines;

/// <summary>Which node answers for which engine, at one moment. Every node works it out for itself from the same lines and comes to the same end.</summary>
/// <param name="me">This node's id.</param>
/// <param name="living">The nodes that take work; this one may be among them.</param>
/// <param name="isHere">Whether an engine of that name or checkpoint folder answers in this process.</param>
/// <param name="couldBeHere">Whether it does or could be loaded.</param>
public sealed class RoutingTable(string me, IReadOnlyList<Node> living, Func<string, bool> isHere, Func<string, bool> couldBeHere)
{
    /// <param name="engine">Name of an engine, or a checkpoint's folder.</param>
    public EngineRoute Of(string engine)
    {
        if (isHere(engine)) return EngineRoute.Here;
        var name = Path.GetFileName(engine);
        var others = living.Where(n => n.Id != me).ToList();
        if (others.Exists(n => n.Loaded.Contains(name, StringComparer.OrdinalIgnoreCase))) return EngineRoute.Elsewhere;
        // Nobody has it: one of those that could load it does, and the rest need not.
        var able = others.Where(n => n.Loadable.Contains(name, StringComparer.OrdinalIgnoreCase)).Select(n => n.Id);
        var chosen = able.Concat(couldBeHere(engine) ? [me] : []).Order(StringComparer.Ordinal).FirstOrDefault();
        return chosen is null ? EngineRoute.Nowhere : chosen == me ? EngineRoute.Here : EngineRoute.Elsewhere;
    }
}

/// <summary>Who answers for an engine.</summary>
public enum EngineRoute
{
    Here,
    Elsewhere,

    /// <summary>No living node has it or could load it.</summary>
    Nowhere,
}
