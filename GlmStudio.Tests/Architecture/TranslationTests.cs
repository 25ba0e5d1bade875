using System.Text.Json;
using System.Text.RegularExpressions;

namespace GlmStudio.Tests.Architecture;

/// <summary>English is the key; every text has its Chinese in the zh.json beside the page, and no translation is left over.</summary>
public sealed partial class TranslationTests
{
    private static readonly List<Texts> Tables = [.. SourceTree.Read("GlmStudio.Web", ".json").Where(f => f.Path.EndsWith("/zh.json", StringComparison.Ordinal))
        .Select(f => new Texts(f.Path, HomeOf(f), JsonSerializer.Deserialize<Dictionary<string, string>>(f.Text)!))];

    [Fact]
    public void Texts_OfEveryPage_HaveChinese()
    {
        var uses = Uses().ToList();
        Assert.NotEmpty(uses);
        var shared = Tables.Where(t => t.Home is "Shell" or "Widgets").SelectMany(t => t.Entries.Keys).ToHashSet();
        SourceTree.Report(
            from use in uses
            let home = HomeOf(use.File)
            where !shared.Contains(use.Key) && !Tables.Any(t => t.Home == home && t.Entries.ContainsKey(use.Key))
            select $"{use.File.Path}: no Chinese for \"{use.Key}\" in GlmStudio.Web/{home}/zh.json");
    }

    [Fact]
    public void Translations_WithoutText_AreRemoved()
    {
        Assert.NotEmpty(Tables);
        var literals = SourceTree.Web.ToLookup(HomeOf, f => f.Text);
        // What the engine says of itself is translated where it is shown.
        var engine = SourceTree.Engine.Select(f => f.Text).ToList();
        var members = EnumMembers();
        SourceTree.Report(
            from table in Tables
            let texts = table.Home is "Shell" or "Widgets" ? literals.SelectMany(l => l) : literals[table.Home].Concat(literals["Domain"]).Concat(literals["Widgets"])
            let all = string.Join('\n', texts.Concat(engine))
            from key in table.Entries.Keys
            where !members.Contains(key) && !all.Contains(JsonSerializer.Serialize(key, Plain), StringComparison.Ordinal)
            select $"{table.Path}: nothing shows \"{key}\"");
    }

    [Fact]
    public void Translations_OfOneText_AreTheSameEverywhere()
    {
        Assert.NotEmpty(Tables);
        SourceTree.Report(
            from entry in Tables.SelectMany(t => t.Entries.Select(e => (e.Key, e.Value, t.Path)))
            group entry by entry.Key into same
            where same.Select(e => e.Value).Distinct().Count() > 1
            select $"\"{same.Key}\": {string.Join("; ", same.Select(e => $"{e.Value} ({e.Path})"))}");
    }

    [Fact]
    public void Translations_WithPlaces_HaveTheSamePlaces()
    {
        Assert.NotEmpty(Tables);
        SourceTree.Report(
            from table in Tables
            from entry in table.Entries
            where !Places(entry.Key).SetEquals(Places(entry.Value)) || string.IsNullOrWhiteSpace(entry.Value)
            select $"{table.Path}: \"{entry.Key}\" and \"{entry.Value}\" differ in their {{0}} places");
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<(SourceFile File, string Key)> Uses() =>
        from file in SourceTree.Web
        from Match match in Use.Matches(SourceTree.RazorComment.Replace(file.Text, ""))
        select (file, Regex.Unescape(match.Groups[1].Value));

    // Pages translate the names of enums too: L[status.ToString()].
    private static HashSet<string> EnumMembers() =>
        [.. SourceTree.Web.Concat(SourceTree.Engine).SelectMany(f => Regex.Matches(f.Code, @"\benum \w+ (?:: \w+ )?\{([^}]*)\}").SelectMany(m => m.Groups[1].Value.Split(',')))
            .Select(m => m.Split('=')[0].Trim())];

    private static HashSet<string> Places(string text) => [.. Regex.Matches(text, @"(?<!\{)\{(\d+)").Select(m => m.Groups[1].Value)];

    private static string HomeOf(SourceFile file) => file.Feature is { } feature ? $"Features/{feature}" : file.Room;

    [GeneratedRegex("""(?<![\w"])L\["((?:[^"\\]|\\.)*)"[\],]""")]
    private static partial Regex Use { get; }

    private sealed record Texts(string Path, string Home, Dictionary<string, string> Entries);
}
