using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GlmStudio.Tests.Architecture;

/// <summary>Nothing is too long to be read at once.</summary>
public sealed class SizeTests
{
    private const int LinesOfAFile = 400;
    private const int LinesOfAPage = 250;
    private const int LinesOfAMethod = 60;
    // Graph blocks carry their formula and emit node after node.
    private const int LinesOfAGraphBlock = 120;

    [Fact]
    public void Files_OfCode_AreShort()
    {
        Assert.NotEmpty(SourceTree.All);
        SourceTree.Report(SourceTree.All.Select(f => (File: f, Limit: f.IsRazor ? LinesOfAPage : LinesOfAFile)).Where(f => f.File.LineCount > f.Limit)
            .Select(f => $"{f.File.Path}: {f.File.LineCount} lines (limit {f.Limit}: split it by what it does)"));
    }

    [Fact]
    public void Files_OfKernels_AreShort()
    {
        var kernels = SourceTree.Read("GlmStudio.Engine", ".cu");
        Assert.NotEmpty(kernels);
        SourceTree.Report(kernels.Where(f => f.LineCount > LinesOfAFile).Select(f => $"{f.Path}: {f.LineCount} lines (limit {LinesOfAFile}: split it by what it does)"));
    }

    [Fact]
    public void Methods_OfCode_AreShort()
    {
        var methods = SourceTree.All.Where(f => !f.IsRazor).SelectMany(Methods).ToList();
        Assert.NotEmpty(methods);
        SourceTree.Report(methods.Where(m => m.Lines > m.Limit).Select(m => $"{m.Where}: {m.Name} has {m.Lines} lines (limit {m.Limit})"));
    }

    private static IEnumerable<(string Where, string Name, int Lines, int Limit)> Methods(SourceFile file) =>
        from node in file.Tree.GetRoot().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax { ExpressionBody: not null }
        let span = file.Tree.GetLineSpan(node.Span)
        let name = node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            _ => node.Kind().ToString(),
        }
        select ($"{file.Path}:{span.StartLinePosition.Line + 1}", name, span.EndLinePosition.Line - span.StartLinePosition.Line + 1,
            file.Room is "Graphs" or "Model" ? LinesOfAGraphBlock : LinesOfAMethod);
}
