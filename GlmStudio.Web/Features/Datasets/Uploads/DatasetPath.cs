using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>
/// Paths below an uploaded folder. They are names, never opened as files, yet end up in reports and downloads:
/// one spelling each, nothing that climbs out of its folder, nothing that prints as something else.
/// </summary>
public static class DatasetPath
{
    public const int MaxLength = 1024;
    private const int MaxNameLength = 255;

    /// <summary>Forward slashes, composed characters, no empty or <c>.</c> parts.</summary>
    /// <param name="raw">The path as a browser, a program or a file system says it.</param>
    /// <param name="path">The normal form, or null.</param>
    /// <param name="problem">Why the path is refused, or null.</param>
    public static bool TryNormalise(string raw, [NotNullWhen(true)] out string? path, [NotNullWhen(false)] out string? problem)
    {
        path = null;
        problem = Refusal(raw);
        if (problem is not null) return false;
        var names = raw.Replace('\\', '/').Normalize(NormalizationForm.FormC).Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => n.Trim()).Where(n => n is not ("." or "")).ToArray();
        problem = names switch
        {
            [] => "The file has no name.",
            _ when names.Contains("..") => $"The path {Shown(raw)} climbs out of its folder (\"..\").",
            _ when names.Any(n => n.Length > MaxNameLength) => $"A name in the path is longer than {MaxNameLength} characters.",
            _ => null,
        };
        if (problem is null) path = string.Join('/', names);
        return problem is null;
    }

    /// <summary>Names that file managers and archives leave behind and people do not mean.</summary>
    public static bool IsHidden(string path) => path.Split('/').Any(n =>
        n.StartsWith('.') || n is "__MACOSX" || n.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase) || n.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase));

    private static string? Refusal(string raw)
    {
        if (raw.Length > MaxLength) return $"The path is longer than {MaxLength} characters.";
        if (raw.Any(IsForbidden) || !IsWellFormed(raw)) return $"The path {Shown(raw)} has control characters.";
        if (raw is ['/', ..] or ['\\', ..] || (raw.Length > 1 && raw[1] == ':' && char.IsAsciiLetter(raw[0])))
            return $"The path {Shown(raw)} is absolute; it must start below the uploaded folder.";
        return null;
    }

    // Beside control characters: line separators, and the marks that reverse the direction of what follows ("gpj.exe" shown as "exe.jpg").
    private static bool IsForbidden(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            at++;
        }
        return true;
    }

    private static string Shown(string raw) => $"\"{string.Concat(raw.Take(80).Select(c => IsForbidden(c) || char.IsSurrogate(c) ? '�' : c))}\"";
}
