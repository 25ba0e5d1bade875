using System.Security.Cryptography;
using System.Text;

namespace GlmStudio.Web.Domain.Journal;

/// <summary>One named part of what decides an answer. The name is a key of the translations.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">A hash, or a short text.</param>
/// <param name="IsNoted">Only kept for people: it is no part of the identity.</param>
public sealed record ManifestPart(string Name, string Value, bool IsNoted = false);

/// <summary>Everything that decides the answer to one row, as named parts in a fixed order (docs/journal.md).</summary>
/// <param name="Shared">What is equal for all rows of a run.</param>
/// <param name="ContentHash">The picture's bytes.</param>
/// <param name="Page">Its page.</param>
/// <param name="Repeat">0, 1, 2 …: which of several askings of the same.</param>
public sealed record Manifest(IReadOnlyList<ManifestPart> Shared, string ContentHash, int Page, int Repeat)
{
    public const string Image = "Picture";
    public const string ImagePage = "Page";
    public const string RepeatIndex = "Repeat";

    /// <summary>All parts, the picture's first.</summary>
    public IEnumerable<ManifestPart> Parts =>
        [new(Image, ContentHash), new(ImagePage, Text(Page + 1)), .. Shared, new(RepeatIndex, Text(Repeat + 1))];

    /// <summary>The row's identity: the same work has the same one.</summary>
    public string Identity => HashOf(Parts);

    /// <summary>SHA-256 over one line a part, <c>name=value</c>, with what is only noted left out.</summary>
    public static string HashOf(IEnumerable<ManifestPart> parts) =>
        Hash(string.Concat(parts.Where(p => !p.IsNoted).Select(p => $"{p.Name}={p.Value.ReplaceLineEndings(" ")}\n")));

    /// <summary>SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Parts that are not the same in both, of the identity only.</summary>
    public IReadOnlyList<ManifestDifference> DifferencesFrom(Manifest earlier)
    {
        var before = earlier.Parts.Where(p => !p.IsNoted).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        var now = Parts.Where(p => !p.IsNoted).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        return [.. now.Keys.Union(before.Keys).Where(n => before.GetValueOrDefault(n) != now.GetValueOrDefault(n))
            .Select(n => new ManifestDifference(n, before.GetValueOrDefault(n), now.GetValueOrDefault(n)))];
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A part that differs; null where a manifest does not have it.</summary>
public sealed record ManifestDifference(string Name, string? Before, string? Now);
