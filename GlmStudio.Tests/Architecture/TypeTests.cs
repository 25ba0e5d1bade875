using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GlmStudio.Engine;
using GlmStudio.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GlmStudio.Tests.Architecture;

/// <summary>Types: sealed, few seams, names that say what a thing is.</summary>
public sealed class TypeTests
{
    private const int MostInterfaces = 8;

    private static readonly List<Type> Ours =
        [.. new[] { typeof(IGlmEngine).Assembly, typeof(Studio).Assembly }.SelectMany(a => a.GetTypes()).Where(IsWritten)];

    [Fact]
    public void Classes_NotMeantAsBase_AreSealed()
    {
        var classes = Ours.Where(t => t.IsClass && !t.IsAbstract && !typeof(IComponent).IsAssignableFrom(t)).ToList();
        Assert.NotEmpty(classes);
        var bases = Ours.Select(t => Definition(t.BaseType)).ToHashSet();
        SourceTree.Report(classes.Where(t => !t.IsSealed && !bases.Contains(t)).Select(t => $"{t.FullName}: not sealed, and nothing derives from it"));
    }

    [Fact]
    public void Interfaces_AreOnly_AtRealSeams()
    {
        var interfaces = Ours.Where(t => t.IsInterface).ToList();
        Assert.NotEmpty(interfaces);
        Assert.True(interfaces.Count <= MostInterfaces, $"{interfaces.Count} interfaces (limit {MostInterfaces}): {string.Join(", ", interfaces.Select(t => t.Name))}");
    }

    [Fact]
    public void Names_OfTypes_SayWhatTheyAre()
    {
        Assert.NotEmpty(Ours);
        SourceTree.Report(Ours.Where(t => Regex.IsMatch(t.Name, "(Manager|Helpers?|Utils?|Utility|Utilities)$")).Select(t => $"{t.FullName}: the name says nothing"));
    }

    [Fact]
    public void Namespaces_OfFiles_AreTheirFolders()
    {
        var files = SourceTree.All.Where(f => !f.IsRazor && f.Code.Contains("namespace ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        SourceTree.Report(
            from file in files
            let expected = file.Path[..file.Path.LastIndexOf('/')].Replace('/', '.')
            where !file.Code.Contains($"namespace {expected} ;", StringComparison.Ordinal)
            select $"{file.Path}: its namespace is not {expected} (file-scoped)");
    }

    private static bool IsWritten(Type type) =>
        type.Namespace?.StartsWith("GlmStudio", StringComparison.Ordinal) == true && !type.Name.Contains('<')
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && type.DeclaringType?.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.Name != "_Imports"
        && !typeof(Migration).IsAssignableFrom(type) && !typeof(ModelSnapshot).IsAssignableFrom(type);

    private static Type? Definition(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;
}
