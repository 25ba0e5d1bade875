namespace GlmStudio.Web.Hosting;

/// <summary>The short options people type, as settings: <c>--data DIR</c> is <c>--Studio:Data=DIR</c>.</summary>
public static class Shorthands
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["--data"] = "--Studio:Data", ["--web-port"] = "--Studio:WebPort", ["--api-port"] = "--Studio:ApiPort",
    };

    public static IEnumerable<string> Expand(string[] args) => args.Select(arg =>
    {
        var (name, rest) = Cut(arg);
        return Settings.TryGetValue(name, out var setting) ? setting + rest : arg;
    });

    /// <summary>Parts a verb's line: settings in either form (<c>--data DIR</c>, <c>--data=DIR</c>, <c>--Section:Key value</c>, <c>--Section:Key=value</c>), all as
    /// <c>--Section:Key=value</c>, and what is left for the verb. A setting without value stays in the rest, where the verb complains about it.</summary>
    public static (string[] Settings, string[] Others) Split(IReadOnlyList<string> args)
    {
        List<string> settings = [], rest = [];
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Cut(args[i]);
            var setting = Settings.GetValueOrDefault(name, name);
            if (!setting.StartsWith("--", StringComparison.Ordinal) || !setting.Contains(':', StringComparison.Ordinal)) rest.Add(args[i]);
            else if (value.Length > 0) settings.Add(setting + value);
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) settings.Add($"{setting}={args[++i]}");
            else rest.Add(args[i]);
        }
        return ([.. settings], [.. rest]);
    }

    private static (string Name, string Tail) Cut(string arg) =>
        arg.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (arg[..at], arg[at..]) : (arg, "");
}
