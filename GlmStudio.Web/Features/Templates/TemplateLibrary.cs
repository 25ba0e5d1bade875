using System.Collections.Frozen;

namespace GlmStudio.Web.Features.Templates;

/// <summary>The templates that ship inside the program: <c>Library/*.json</c>, by key.</summary>
public static class TemplateLibrary
{
    private const string Folder = "templates/";

    /// <summary>In the order people meet them.</summary>
    private static readonly string[] Order = ["receipt", "invoice", "menu", "product", "orders", "lab", "nameplate", "consistency"];

    private static readonly FrozenDictionary<string, TemplateDraft> Drafts = Load();

    public static IReadOnlyList<TemplateDraft> All { get; } = [.. Drafts.Values.OrderBy(d => Array.IndexOf(Order, d.Key))];

    public static TemplateDraft? Find(string key) => Drafts.GetValueOrDefault(key);

    private static FrozenDictionary<string, TemplateDraft> Load()
    {
        var assembly = typeof(TemplateLibrary).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(name =>
        {
            using var stream = new MemoryStream();
            using (var resource = assembly.GetManifestResourceStream(name)!) resource.CopyTo(stream);
            var (draft, problems) = TemplateJson.Read(stream.ToArray());
            return draft ?? throw new InvalidOperationException($"{name}: {string.Join(" ", problems)}");
        }).ToFrozenDictionary(d => d.Key, StringComparer.Ordinal);
    }
}
