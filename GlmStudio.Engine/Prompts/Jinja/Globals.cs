namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>A function a template can call.</summary>
internal delegate object? Callable(Context context, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named);

/// <summary>What <c>namespace()</c> makes: attributes that loops can change.</summary>
internal sealed class Namespace(IReadOnlyDictionary<string, object?> start)
{
    public Dictionary<string, object?> Values { get; } = new(start);
}

/// <summary>Functions every template has.</summary>
internal static class Globals
{
    private const int MaxRange = 100_000;

    public static IReadOnlyDictionary<string, object?> All { get; } = new Dictionary<string, object?>
    {
        ["namespace"] = (Callable)((_, _, named) => new Namespace(named)),
        ["dict"] = (Callable)((_, _, named) => new Dictionary<string, object?>(named)),
        ["range"] = (Callable)((_, arguments, _) => Range(arguments)),
        ["raise_exception"] = (Callable)((_, arguments, _) => throw Fault.In(Values.Text(arguments.Count > 0 ? arguments[0] : "it refused the messages").TrimEnd('.'))),
    };

    private static List<object?> Range(IReadOnlyList<object?> arguments)
    {
        long[] n = [.. arguments.Select(Values.Integer)];
        var (start, stop, step) = n.Length switch { 1 => (0, n[0], 1), 2 => (n[0], n[1], 1), 3 => (n[0], n[1], n[2]), _ => throw Fault.In("range takes one to three numbers") };
        if (step == 0 || (stop - start) / step > MaxRange) throw Fault.In($"range is longer than {MaxRange:N0}");
        var list = new List<object?>();
        for (var i = start; step > 0 ? i < stop : i > stop; i += step) list.Add(i);
        return list;
    }
}
