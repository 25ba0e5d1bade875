using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Deploy;

/// <summary>The files of <c>deploy</c> name settings, files, addresses and figures; each of them must be there. No container is started: see deploy/README.md.</summary>
public sealed partial class DeployFilesTests
{
    private static readonly string[] Files = ["compose.yaml", "Dockerfile", "Dockerfile.cuda", "systemd/glm-studio.service", "systemd/glm-studio.env", "README.md"];

    [Fact]
    public async Task Settings_ThatFilesName_AreSettingsOfTheProgram()
    {
        await using var studio = await StudioApp.StartAsync();
        var known = Known(studio.Services);
        var named = Files.SelectMany(f => Setting.Matches(Read(f)).Select(m => (File: f, Key: $"{m.Groups[1].Value}:{m.Groups[2].Value}"))).ToList();
        Assert.True(named.Count >= 10, "The files name settings.");
        Assert.All(named, n => Assert.Contains(n.Key, known));
    }

    [Fact]
    public void Files_ThatComposeMounts_Exist()
    {
        var mounted = Mount.Matches(Read("compose.yaml")).Select(m => m.Groups[1].Value).Where(p => p != "certificates").ToList();
        Assert.True(mounted.Count >= 4, "Compose mounts files.");
        Assert.All(mounted, p => Assert.True(Path.Exists(Repository.At($"deploy/{p}")), p));
    }

    [Fact]
    public void Nodes_OfProxyAndScraper_AreThoseOfCompose()
    {
        var nodes = Node.Matches(Read("compose.yaml")).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Equal(["node1", "node2"], nodes.Order());
        foreach (var file in (string[])["nginx/glm-studio.conf", "prometheus/prometheus.yml"])
            Assert.Equal(nodes.Order(), Host.Matches(Read(file)).Select(m => m.Groups[1].Value).Distinct().Order());
    }

    [Fact]
    public async Task Figures_OfTheGrafanaPage_AreMeasured()
    {
        await using var studio = await StudioApp.StartAsync();
        var measured = Instruments();
        var page = await studio.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        measured.UnionWith(Figure.Matches(page).Select(m => m.Value));
        var panels = JsonElement.Parse(Read("grafana/dashboards/glm-studio.json")).GetProperty("panels").EnumerateArray();
        var shown = panels.SelectMany(p => p.GetProperty("targets").EnumerateArray()).SelectMany(t => Figure.Matches(t.GetProperty("expr").GetString()!)).Select(m => m.Value).Distinct().ToList();
        Assert.True(shown.Count >= 5, "The page shows figures.");
        Assert.All(shown, f => Assert.Contains(Suffix.Replace(f, ""), measured));
    }

    private static string Read(string file) => File.ReadAllText(Repository.At($"deploy/{file}"));

    /// <summary>The keys of all options that bind to a section: each options class names its own in AddX, so the bound values are asked for.</summary>
    private static HashSet<string> Known(IServiceProvider services)
    {
        var sections = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var type in typeof(GlmStudio.Web.Studio).Assembly.GetTypes().Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) && t is { IsClass: true, IsAbstract: false }))
        {
            var configured = services.GetServices(typeof(IOptionsChangeTokenSource<>).MakeGenericType(type));
            if (configured.Any()) sections[type.Name[..^"Options".Length]] = type;
        }
        var keys = sections.SelectMany(s => s.Value.GetProperties().SelectMany(p => new[] { $"{s.Key}:{p.Name}", $"{Plural(s.Key)}:{p.Name}" }));
        return [.. keys];
    }

    // ModelOptions is the section Models, BatchOptions Batches.
    private static string Plural(string name) => name.EndsWith("ch", StringComparison.Ordinal) ? name + "es" : name + "s";

    private static HashSet<string> Instruments()
    {
        RuntimeHelpers.RunClassConstructor(typeof(EngineMeters).TypeHandle);
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("GlmStudio", StringComparison.Ordinal)) names.Add(instrument.Name.Replace('.', '_'));
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex("""\b([A-Z][A-Za-z]+)(?:__|:)([A-Z][A-Za-z]+)\b""")]
    private static partial Regex Setting { get; }

    [GeneratedRegex("""^\s+- \./([\w./-]+):""", RegexOptions.Multiline)]
    private static partial Regex Mount { get; }

    [GeneratedRegex("""^  (node\d+):""", RegexOptions.Multiline)]
    private static partial Regex Node { get; }

    [GeneratedRegex("""\b(node\d+):\d+""")]
    private static partial Regex Host { get; }

    [GeneratedRegex("""\bglmstudio_\w+""")]
    private static partial Regex Figure { get; }

    [GeneratedRegex("_(total|sum|count)$")]
    private static partial Regex Suffix { get; }
}
