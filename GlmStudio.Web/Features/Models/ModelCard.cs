namespace GlmStudio.Web.Features.Models;

/// <summary>What a checkpoint's README.md says of it.</summary>
internal static class ModelCard
{
    private const int MostBytes = 200_000;

    /// <summary>The card's Markdown without its front matter (YAML between two lines of dashes), or null where there is none.</summary>
    public static string? Read(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, "README.md"));
        return file is { Exists: true, Length: < MostBytes } ? WithoutFrontMatter(File.ReadAllText(file.FullName).ReplaceLineEndings("\n")) : null;
    }

    internal static string WithoutFrontMatter(string markdown)
    {
        if (!markdown.StartsWith("---\n", StringComparison.Ordinal)) return markdown;
        var end = markdown.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        return end < 0 ? markdown : markdown[(end + 5)..].TrimStart('\n');
    }
}
