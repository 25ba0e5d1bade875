using System.Text.RegularExpressions;

namespace GlmStudio.Tests.Architecture;

/// <summary>What no file of the repository carries.</summary>
public sealed class TextTests
{
    private static readonly List<SourceFile> Files = [.. SourceTree.Read(".", ".cs", ".razor", ".js", ".css", ".md", ".json", ".targets", ".props", ".proj", ".csproj", ".py", ".sh", ".yml", "")
        .Where(f => !f.Path.EndsWith("package-lock.json", StringComparison.Ordinal) && !f.Path.EndsWith("packages.lock.json", StringComparison.Ordinal))];

    [Theory]
    [InlineData("#" + "region", "no regions: split the file")]
    [InlineData("\\b(TO" + "DO|FIX" + "ME|HA" + "CK|X" + "XX)\\b", "no notes to oneself: do it or drop it")]
    [InlineData("(?<![\\w.}])/(wo" + "rk|ro" + "ot|ho" + "me)/\\w", "no path of one machine")]
    [InlineData("[A-Z]:\\\\\\\\?Us" + "ers", "no path of one machine")]
    public void Sources_Never_Carry(string pattern, string rule)
    {
        Assert.NotEmpty(Files);
        SourceTree.Report(
            from file in Files
            from line in file.Text.Split('\n').Index()
            where Regex.IsMatch(line.Item, pattern)
            select $"{file.Path}:{line.Index + 1}: {rule}: {line.Item.Trim()}");
    }
}
