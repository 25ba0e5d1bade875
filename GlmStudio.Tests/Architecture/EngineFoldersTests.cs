using System.Text.RegularExpressions;
using GlmStudio.Engine;

namespace GlmStudio.Tests.Architecture;

/// <summary>GlmStudio.Engine: the alphabet is the data flow. See docs/architecture.md.</summary>
public sealed class EngineFoldersTests
{
    private static readonly string[] InOrder =
        ["Checkpoints", "Graphs", "Images", "Kernels", "Model", "Prompts", "Scheduling", "Sessions", "Text", "Transcription", "Values"];

    private static readonly HashSet<string> TypeNames = [.. typeof(IGlmEngine).Assembly.GetTypes().Select(t => t.FullName!.Split('`', '+')[0])];

    [Fact]
    public void Folders_OfTheEngine_AreTheOnesInTheList()
    {
        Assert.NotEmpty(SourceTree.Engine);
        SourceTree.Report(SourceTree.Engine.Where(f => f.Room is not "" && !InOrder.Contains(f.Room))
            .Select(f => $"{f.Path}: the folder {f.Room} is not in docs/architecture.md"));
    }

    [Fact]
    public void Uses_BetweenEngineFolders_OnlyGoToFoldersAbove()
    {
        var inFolders = SourceTree.Engine.Where(f => f.Room is not "").ToList();
        Assert.NotEmpty(inFolders);
        SourceTree.Report(
            from file in inFolders
            from used in UsedFolders(file)
            where Array.IndexOf(InOrder, used) > Array.IndexOf(InOrder, file.Room)
            select $"{file.Path}: {file.Room} uses {used}, which stands below it (a folder uses only folders above its own)");
    }

    [Fact]
    public void OnnxRuntime_IsReferenced_BySessionsOnly()
    {
        var files = SourceTree.Engine.Concat(SourceTree.Web).ToList();
        Assert.Contains(files, f => f.Room == "Sessions");
        SourceTree.Report(files.Where(f => f.Room != "Sessions" && f.Code.Contains("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal))
            .Select(f => $"{f.Path}: references Microsoft.ML.OnnxRuntime (only Sessions may)"));
    }

    // Both ways to name a folder: the whole namespace, and Folder.Type from a neighbouring namespace.
    private static IEnumerable<string> UsedFolders(SourceFile file)
    {
        foreach (Match match in Regex.Matches(file.Code, @"GlmStudio\.Engine\.(\w+)"))
            if (InOrder.Contains(match.Groups[1].Value)) yield return match.Groups[1].Value;
        foreach (Match match in Regex.Matches(file.Code, @"(?<![\w.])(\w+)\.(\w+)"))
            if (InOrder.Contains(match.Groups[1].Value) && TypeNames.Contains($"GlmStudio.Engine.{match.Value}")) yield return match.Groups[1].Value;
    }
}
