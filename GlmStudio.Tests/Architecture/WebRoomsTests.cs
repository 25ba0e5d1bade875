using System.Text.RegularExpressions;
using GlmStudio.Web;

namespace GlmStudio.Tests.Architecture;

/// <summary>GlmStudio.Web: which room may use which. See docs/architecture.md.</summary>
public sealed class WebRoomsTests
{
    // Rooms on one line do not use each other. The root (Program, Studio and the words every room may use) is not listed.
    private static readonly string[][] InOrder = [["Domain"], ["Data"], ["Engines"], ["Widgets"], ["Features", "Shell"], ["Hosting"]];
    private static readonly string[] SeeTheEngine = ["Batches", "Inference", "Playground", "Models", "Monitoring"];
    private static readonly HashSet<string> TypeNames = [.. typeof(Studio).Assembly.GetTypes().Select(t => t.FullName!.Split('`', '+')[0])];

    [Fact]
    public void Rooms_OfTheWeb_AreTheOnesInTheList()
    {
        Assert.NotEmpty(SourceTree.Web);
        SourceTree.Report(SourceTree.Web.Where(f => f.Room is not "" && Rank(f.Room) < 0)
            .Select(f => $"{f.Path}: the folder {f.Room} is not in docs/architecture.md"));
    }

    [Fact]
    public void Uses_BetweenRooms_GoOneWay()
    {
        var inRooms = SourceTree.Web.Where(f => Rank(f.Room) >= 0).ToList();
        Assert.NotEmpty(inRooms);
        SourceTree.Report(
            from file in inRooms
            from Match match in Regex.Matches(file.Code, @"GlmStudio\.Web\.(\w+)")
            let used = match.Groups[1].Value
            where used != file.Room && Rank(used) >= Rank(file.Room)
            select $"{file.Path}: {file.Room} uses {used} (Domain ← Data ← Engines ← Widgets ← Features ← Hosting)");
    }

    [Fact]
    public void Features_DoNotUse_OtherFeatures()
    {
        var features = SourceTree.Web.Where(f => f.Feature is not null).ToList();
        Assert.NotEmpty(features);
        var names = features.Select(f => f.Feature!).ToHashSet();
        SourceTree.Report(
            from file in features
            from Match match in Regex.Matches(file.Code, @"(?:GlmStudio\.Web\.Features\.|(?<![\w.])Features\.|(?<![\w.@]))(\w+)\.(\w+)|GlmStudio\.Web\.Features\.(\w+)")
            let other = match.Groups[3].Success ? match.Groups[3].Value : match.Groups[1].Value
            where other != file.Feature && names.Contains(other)
                && (match.Value.Contains("Features.", StringComparison.Ordinal) || TypeNames.Contains($"GlmStudio.Web.Features.{match.Value}"))
            select $"{file.Path}: {file.Feature} uses {other} (what two features need moves to Domain, Data or Widgets)");
    }

    [Fact]
    public void IGlmEngine_IsSeen_OnlyWhereTheEngineIsUsed()
    {
        var seeing = SourceTree.Web.Where(f => Regex.IsMatch(f.Code, @"\bIGlmEngine\b")).ToList();
        Assert.NotEmpty(seeing);
        SourceTree.Report(seeing.Where(f => f.Room != "Engines" && !SeeTheEngine.Contains(f.Feature))
            .Select(f => $"{f.Path}: names IGlmEngine (only Engines, {string.Join(", ", SeeTheEngine)} do)"));
    }

    [Fact]
    public void EngineFolders_AreSeen_OnlyAsValuesAndImages()
    {
        Assert.NotEmpty(SourceTree.Web);
        SourceTree.Report(
            from file in SourceTree.Web
            where file.Room is not ("Hosting" or "Engines") && file.Feature != "Models"
            from Match match in Regex.Matches(file.Code, @"GlmStudio\.Engine\.(\w+)")
            let used = match.Groups[1].Value
            where Directory.Exists(Support.Repository.At($"GlmStudio.Engine/{used}")) && used is not ("Values" or "Images")
            select $"{file.Path}: uses GlmStudio.Engine.{used} (Values and Images only; the rest is wired in Hosting and Models)");
    }

    [Fact]
    public void Sql_IsWritten_InDataOnly()
    {
        Assert.NotEmpty(SourceTree.Web);
        SourceTree.Report(SourceTree.Web
            .Where(f => f.Room != "Data" && Regex.IsMatch(f.Code, @"\b(FromSql\w*|ExecuteSql\w*|SqlQuery\w*|SqliteConnection|NpgsqlConnection|NpgsqlDataSource)\b"))
            .Select(f => $"{f.Path}: writes SQL (only Data may: there are two databases)"));
    }

    private static int Rank(string room) => Array.FindIndex(InOrder, r => r.Contains(room));
}
