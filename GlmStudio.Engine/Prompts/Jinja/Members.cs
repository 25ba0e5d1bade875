namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>Attributes, items, slices, and the methods of strings, lists and mappings that templates call.</summary>
internal static class Members
{
    public static object? Attribute(object? target, string name) => target switch
    {
        Namespace space => space.Values.GetValueOrDefault(name, Undefined.Value),
        Dictionary<string, object?> map when map.TryGetValue(name, out var value) && name is not ("items" or "keys" or "values" or "get") => value,
        Undefined => throw Fault.In($"\"{name}\" is asked of an undefined value"),
        _ => Method(target, name) is { } method ? method : Undefined.Value,
    };

    public static object? Item(object? target, object? index) => (target, index) switch
    {
        (Dictionary<string, object?> map, string key) => map.TryGetValue(key, out var value) ? value : Undefined.Value,
        (List<object?> list, long n) => Within(n, list.Count) is { } at ? list[at] : Undefined.Value,
        (string text, long n) => Within(n, text.Length) is { } at ? text[at].ToString() : Undefined.Value,
        (Namespace, string name) => Attribute(target, name),
        (Undefined, _) => throw Fault.In("an item is asked of an undefined value"),
        _ => Undefined.Value,
    };

    /// <summary>Python's <c>[start:stop:step]</c>.</summary>
    public static object? Slice(object? target, object? start, object? stop, object? step)
    {
        var count = target switch { string s => s.Length, List<object?> l => l.Count, _ => throw Fault.In($"{Values.Kind(target)} has no slices") };
        var by = step is null ? 1 : Values.Integer(step);
        if (by == 0) throw Fault.In("a slice's step is 0");
        var from = Bound(start, count, by > 0 ? 0 : count - 1, by);
        var to = Bound(stop, count, by > 0 ? count : -1, by);
        var picked = new List<int>();
        for (var i = from; by > 0 ? i < to : i > to; i += by) picked.Add((int)i);
        return target is string text ? string.Concat(picked.Select(i => text[i])) : picked.Select(i => ((List<object?>)target)[i]).ToList();
    }

    private static long Bound(object? bound, int count, long fallback, long step)
    {
        if (bound is null) return fallback;
        var n = Values.Integer(bound);
        if (n < 0) n += count;
        return step > 0 ? Math.Clamp(n, 0, count) : Math.Clamp(n, -1, count - 1);
    }

    private static int? Within(long index, int count) => index < 0 ? index + count >= 0 ? (int)(index + count) : null : index < count ? (int)index : null;

    private static Callable? Method(object? target, string name) => target switch
    {
        string text => OfString(text, name),
        Dictionary<string, object?> map => OfMapping(map, name),
        List<object?> list when name == "append" => (_, a, _) =>
        {
            list.Add(a[0]);
            return null;
        },
        _ => null,
    };

    private static Callable? OfString(string text, string name) => name switch
    {
        "strip" => (_, a, _) => text.Trim(Characters(a)),
        "lstrip" => (_, a, _) => text.TrimStart(Characters(a)),
        "rstrip" => (_, a, _) => text.TrimEnd(Characters(a)),
        "startswith" => (_, a, _) => text.StartsWith(Values.Text(a[0]), StringComparison.Ordinal),
        "endswith" => (_, a, _) => text.EndsWith(Values.Text(a[0]), StringComparison.Ordinal),
        "upper" => (_, _, _) => text.ToUpperInvariant(),
        "lower" => (_, _, _) => text.ToLowerInvariant(),
        "title" => (_, _, _) => System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant()),
        "replace" => (_, a, _) => text.Replace(Values.Text(a[0]), Values.Text(a[1]), StringComparison.Ordinal),
        "split" => (_, a, _) => Split(text, a),
        "find" => (_, a, _) => (long)text.IndexOf(Values.Text(a[0]), StringComparison.Ordinal),
        _ => null,
    };

    private static Callable? OfMapping(Dictionary<string, object?> map, string name) => name switch
    {
        "get" => (_, a, _) => map.TryGetValue(Values.Text(a[0]), out var value) ? value : a.Count > 1 ? a[1] : null,
        "items" => (_, _, _) => map.Select(e => (object?)new List<object?> { e.Key, e.Value }).ToList(),
        "keys" => (_, _, _) => map.Keys.Cast<object?>().ToList(),
        "values" => (_, _, _) => map.Values.ToList(),
        _ => null,
    };

    // Without an argument Python strips white space; an empty array means the same to .NET.
    private static char[] Characters(IReadOnlyList<object?> arguments) => arguments.Count == 0 || arguments[0] is null ? [] : Values.Text(arguments[0]).ToCharArray();

    private static List<object?> Split(string text, IReadOnlyList<object?> arguments)
    {
        var most = arguments.Count > 1 ? (int)Values.Integer(arguments[1]) + 1 : int.MaxValue;
        return arguments.Count == 0 || arguments[0] is null
            ? [.. text.Split((char[]?)null, most, StringSplitOptions.RemoveEmptyEntries)]
            : [.. text.Split(Values.Text(arguments[0]), most)];
    }
}
