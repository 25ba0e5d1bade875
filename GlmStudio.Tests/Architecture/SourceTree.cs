using System.Text.RegularExpressions;
using GlmStudio.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GlmStudio.Tests.Architecture;

/// <summary>The sources of this checkout, as the rules read them. Generated files (migrations, build output) are left out.</summary>
internal static partial class SourceTree
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "Migrations", ".git", "TestResults", "_framework", "swagger", "data"];

    public static IReadOnlyList<SourceFile> Engine { get; } = Read("GlmStudio.Engine", ".cs");
    public static IReadOnlyList<SourceFile> Web { get; } = Read("GlmStudio.Web", ".cs", ".razor");
    public static IReadOnlyList<SourceFile> Tests { get; } = Read("GlmStudio.Tests", ".cs");
    public static IEnumerable<SourceFile> All => [.. Engine, .. Web, .. Tests];

    /// <summary>Files below a folder of the repository with one of the endings.</summary>
    public static IReadOnlyList<SourceFile> Read(string folder, params string[] endings)
    {
        var files = Walk(new DirectoryInfo(Repository.At(folder))).Where(f => endings.Contains(f.Extension))
            .Select(f => new SourceFile(Path.GetRelativePath(Repository.Root, f.FullName).Replace('\\', '/'), File.ReadAllText(f.FullName)))
            .OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        return files;
    }

    /// <summary>Fails with one line a violation; each names the file and the rule.</summary>
    public static void Report(IEnumerable<string> violations)
    {
        var list = violations.Distinct().ToList();
        Assert.True(list.Count == 0, $"{list.Count} violation(s):\n{string.Join('\n', list)}");
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        [.. folder.EnumerateFiles(), .. folder.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name) && d.LinkTarget is null).SelectMany(Walk)];

    [GeneratedRegex(@"@\*.*?\*@|(?<!:)//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    public static partial Regex RazorComment { get; }
}

/// <summary>One source file.</summary>
/// <param name="Path">Below the root, with forward slashes.</param>
/// <param name="Text">As it is on disk.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private SyntaxTree? _tree;
    private string? _code;

    /// <summary>The folder below the project, for example <c>Features/Batches</c>; empty for a file at the project's root.</summary>
    public string Folder => string.Join('/', Path.Split('/')[1..^1]);

    /// <summary>The first folder below the project; empty at its root.</summary>
    public string Room => Folder.Split('/')[0];

    /// <summary>The name of the feature the file belongs to, or null.</summary>
    public string? Feature => Folder.Split('/') is ["Features", var name, ..] ? name : null;

    public int LineCount => Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);

    public bool IsRazor => Path.EndsWith(".razor", StringComparison.Ordinal);

    public SyntaxTree Tree => _tree ??= CSharpSyntaxTree.ParseText(Text, path: Path);

    /// <summary>The code without comments; in C# without the content of texts too, and one space between any two tokens but around dots.</summary>
    public string Code => _code ??= IsRazor
        ? SourceTree.RazorComment.Replace(Text, "")
        : string.Join(' ', Tree.GetRoot().DescendantTokens().Select(t => t.IsKind(SyntaxKind.StringLiteralToken) ? "\"\"" : t.Text)).Replace(" . ", ".", StringComparison.Ordinal);
}
