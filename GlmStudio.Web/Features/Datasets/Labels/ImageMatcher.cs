using System.Text.RegularExpressions;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>One picture of the dataset under one of its names.</summary>
internal sealed record NamedImage(long Id, string Path, int Page);

/// <summary>
/// Finds the picture a label row means. Tried in this order: the whole path, the path without leading folders that the dataset does not
/// have, the end of a path; each with and without the extension, upper and lower case aside. A page is <c>name.pdf#2</c> or <c>name.pdf · 2</c>.
/// </summary>
internal sealed partial class ImageMatcher
{
    private readonly Dictionary<string, List<NamedImage>> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<NamedImage>> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ImageMatcher(IEnumerable<NamedImage> images)
    {
        foreach (var image in images)
        {
            foreach (var path in Spellings(image.Path)) Add(_byPath, path, image);
            foreach (var name in Spellings(NameOf(image.Path))) Add(_byName, name, image);
        }
    }

    /// <summary>The pictures that fit best: one where the match is clear, several where the name does not say which, none where nothing fits.</summary>
    public IReadOnlyList<NamedImage> Find(string text)
    {
        var value = text.Trim().Replace('\\', '/').Normalize();
        if (value.Length == 0) return [];
        if (OnPage(value, 0) is { Count: > 0 } plain) return plain;
        var page = PageSuffix().Match(value);
        return page.Success && int.TryParse(page.Groups["page"].Value, out var number) && number > 0 ? OnPage(page.Groups["name"].Value, number - 1) : [];
    }

    private List<NamedImage> OnPage(string value, int page)
    {
        // Whole, then without one leading folder after another: "C:/scans/march/a.jpg" means "march/a.jpg".
        for (var rest = value; ; rest = rest[(rest.IndexOf('/', StringComparison.Ordinal) + 1)..])
        {
            if (Exactly(_byPath, rest, page) is { Count: > 0 } found) return found;
            if (!rest.Contains('/', StringComparison.Ordinal)) break;
        }
        var named = Exactly(_byName, NameOf(value), page);
        // A value that names folders must end one path with all of them: "may/a.jpg" is not "march/a.jpg".
        return value.Contains('/', StringComparison.Ordinal)
            ? [.. named.Where(i => Spellings(i.Path).Any(p => p.EndsWith("/" + value, StringComparison.OrdinalIgnoreCase)))]
            : named;
    }

    private static List<NamedImage> Exactly(Dictionary<string, List<NamedImage>> index, string key, int page)
    {
        if (!index.TryGetValue(key, out var images)) return [];
        var onPage = images.Where(i => i.Page == page).DistinctBy(i => i.Id).ToList();
        // "a.jpg" and "A.JPG" side by side: the exact spelling decides.
        return onPage.Count > 1 && onPage.Where(i => i.Path == key || NameOf(i.Path) == key).ToList() is { Count: 1 } same ? same : onPage;
    }

    private static IEnumerable<string> Spellings(string path)
    {
        yield return path;
        var extension = Path.GetExtension(path);
        if (extension.Length > 0 && extension.Length < NameOf(path).Length) yield return path[..^extension.Length];
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static void Add(Dictionary<string, List<NamedImage>> index, string key, NamedImage image)
    {
        if (!index.TryGetValue(key, out var images)) index[key] = images = [];
        images.Add(image);
    }

    [GeneratedRegex(@"^(?<name>.+?)\s*(?:·|#\s*(?:page=)?|\bp(?:age)?\.?\s?)\s*(?<page>\d{1,6})$", RegexOptions.IgnoreCase)]
    private static partial Regex PageSuffix();
}
