using GlmStudio.Web.Domain.Rules.Expressions;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>Which field is made before which: those that are read, then the computed ones, each after what it is computed from.</summary>
internal static class FieldOrder
{
    public static IReadOnlyList<Field> Of(IReadOnlyList<Field> fields)
    {
        List<Field> order = [.. fields.Where(f => !f.IsComputed)];
        foreach (var field in fields.Where(f => f.IsComputed)) Add(field, fields, order, []);
        return order;
    }

    /// <summary>The keys on the way from a computed field back to itself; empty where there is none.</summary>
    public static IReadOnlyList<string> FindCycle(Field field, IReadOnlyList<Field> fields)
    {
        List<string> way = [];
        return Returns(field, field, fields, way, []) ? [field.Key, .. way] : [];
    }

    private static void Add(Field field, IReadOnlyList<Field> fields, List<Field> order, HashSet<Field> open)
    {
        if (order.Contains(field) || !open.Add(field)) return;
        foreach (var used in Uses(field, fields)) Add(used, fields, order, open);
        order.Add(field);
    }

    private static bool Returns(Field to, Field from, IReadOnlyList<Field> fields, List<string> way, HashSet<Field> seen)
    {
        foreach (var used in Uses(from, fields))
        {
            way.Add(used.Key);
            if (used == to || (seen.Add(used) && Returns(to, used, fields, way, seen))) return true;
            way.RemoveAt(way.Count - 1);
        }
        return false;
    }

    private static IEnumerable<Field> Uses(Field field, IReadOnlyList<Field> fields)
    {
        if (field.Computation is not { } computed || StepRules.TryParse(computed.Expression) is not { } expression) return [];
        return expression.Fields.Select(key => fields.FirstOrDefault(f => string.Equals(f.Key, key, StringComparison.Ordinal))).OfType<Field>();
    }
}
