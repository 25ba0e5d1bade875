using System.Numerics;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Engine.Model;

/// <summary>Drawings: <c>#</c> something is there, any other letter a blank cell of a brightness of its own.</summary>
public sealed class BlankAreasTests
{
    [Fact]
    public void Merge_NothingBlank_GivesTheSameGrid()
    {
        var grid = new FeatureGrid(2, 3);
        Assert.Same(grid, BlankAreas.Merge(grid, Cells("###", "###")));
    }

    [Fact]
    public void Merge_BlankCellsApart_GivesTheSameGrid()
    {
        var grid = new FeatureGrid(3, 3);
        Assert.Same(grid, BlankAreas.Merge(grid, Cells("w#w", "#w#", "w#w")));
    }

    [Fact]
    public void Merge_BlankPage_GivesTheTokenOfItsMiddle() =>
        Assert.Equal([1 * 5 + 2], BlankAreas.Merge(new FeatureGrid(4, 5), Cells("wwwww", "wwwww", "wwwww", "wwwww")).Kept!);

    [Fact]
    public void Merge_RectanglesBetweenPrint_KeepsPrintAndOneTokenEach() =>
        Assert.Equal([0, 2, 5, 11, 13, 14], BlankAreas.Merge(new FeatureGrid(3, 5), Cells("#wwww", "#wwww", "www##")).Kept!);

    [Fact]
    public void Merge_AreasOfTwoColours_AreNotJoined() =>
        Assert.Equal([0, 2], BlankAreas.Merge(new FeatureGrid(2, 4), Cells("wwbb", "wwbb")).Kept!);

    [Theory]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    public void Merge_LightChangingSlowly_JoinsUpToTheTolerance(int difference, int tokens)
    {
        ColourRange[] cells = [new(new Vector3(200), new Vector3(200)), new(new Vector3(200 + difference), new Vector3(200 + difference))];
        Assert.Equal(tokens, BlankAreas.Merge(new FeatureGrid(1, 2), cells).Count);
    }

    [Fact]
    public void Merge_OneColourOnly_CountsTheChannelThatDiffersMost()
    {
        ColourRange[] cells = [new(new Vector3(200), new Vector3(200)), new(new Vector3(200, 200, 180), new Vector3(200))];
        Assert.Equal(2, BlankAreas.Merge(new FeatureGrid(1, 2), cells).Count);
    }

    [Fact]
    public void Merge_RandomPages_CoverEveryBlankCellByOneTokenAndKeepAllPrint()
    {
        var random = new Random(7);
        for (var page = 0; page < 200; page++)
        {
            var grid = new FeatureGrid(random.Next(1, 9), random.Next(1, 9));
            var rows = Enumerable.Range(0, grid.Height).Select(_ => string.Concat(Enumerable.Range(0, grid.Width).Select(_ => "#wwb"[random.Next(4)]))).ToArray();
            var all = string.Concat(rows);
            var kept = BlankAreas.Merge(grid, Cells(rows)).Kept ?? [.. Enumerable.Range(0, all.Length)];
            Assert.Equal(kept.Distinct().Order(), kept);
            Assert.All(Enumerable.Range(0, all.Length).Where(c => all[c] == '#'), c => Assert.Contains(c, kept));
            // A colour that is on the page has a token; one that is not has none.
            Assert.Equal(all.Distinct().Order(), kept.Select(c => all[c]).Distinct().Order());
        }
    }

    private static ColourRange[] Cells(params string[] rows) => [.. string.Concat(rows).Select(letter => letter switch
    {
        '#' => new ColourRange(new Vector3(0), new Vector3(255)),
        'b' => new ColourRange(new Vector3(10), new Vector3(14)),
        _ => new ColourRange(new Vector3(247), new Vector3(255)),
    })];
}
