namespace GlmStudio.Web.Hosting;

/// <summary>The short options people type, as settings: <c>--data DIR</c> is <c>--Studio:Data=DIR</c>.</summary>
internal static class Shorthands
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["--data"] = "--Studio:Data", ["--web-port"] = "--Studio:WebPort", ["--api-port"] = "--Studio:ApiPort",
    };

    public static IEnumerable<string> Expand(string[] args) => args.Select(arg =>
    {
        var (name, rest) = arg.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (arg[..at], arg[at..]) : (arg, "");
        return Settings.TryGetValue(name, out var setting) ? setting + rest : arg;
    });
}
