using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class ReadingOrderTests
{
    [Fact]
    public void Rows_NoLines_IsEmpty() => Assert.Empty(ReadingOrder.Rows(new List<TextRegion>()));

    [Fact]
    public void Rows_CellsBesideEachOther_AreOneRowFromTheLeft() =>
        Assert.Equal([[1, 0], [2]], ReadingOrder.Rows([At(300, 10), At(20, 12), At(20, 50)]));

    [Fact]
    public void Rows_LinesCloselyStacked_AreSeparate() =>
        Assert.Equal([[0], [1]], ReadingOrder.Rows([At(20, 10), At(22, 24)]));

    [Fact]
    public void Rows_LargeAmountBesideASmallName_AreOneRow() =>
        Assert.Single(ReadingOrder.Rows([At(20, 20), At(300, 14, height: 44)]));

    [Fact]
    public void Rows_SlantedPage_FollowsTheSlant()
    {
        const double Slant = 0.1;
        var regions = new List<TextRegion>();
        foreach (var y in (double[])[0, 30, 60])
            foreach (var x in (double[])[0, 300, 600])
                regions.Add(new TextRegion(x - y * Slant, y + x * Slant, 120, 20, Slant));

        Assert.Equal([[0, 1, 2], [3, 4, 5], [6, 7, 8]], ReadingOrder.Rows(regions));
    }

    [Fact]
    public void Rows_CurledPage_ComparesNeighbours() =>
        Assert.Single(ReadingOrder.Rows([At(0, 0), At(150, 6), At(300, 13), At(450, 20)]));

    [Fact]
    public void Rows_TwoColumnsOfProseUnderATitle_ReadsColumnAfterColumn()
    {
        var regions = new List<TextRegion> { At(200, 0, length: 400) };
        for (var i = 0; i < 5; i++) regions.Add(At(0, 40 + 25 * i, length: 380));
        for (var i = 0; i < 5; i++) regions.Add(At(420, 40 + 25 * i, length: 380));

        Assert.Equal(Enumerable.Range(0, 11), ReadingOrder.Rows(regions).SelectMany(r => r));
    }

    [Fact]
    public void Rows_TableOfShortCells_StaysInRows()
    {
        var regions = new List<TextRegion>();
        for (var i = 0; i < 6; i++) regions.AddRange([At(0, 30 * i, length: 80 + 60 * (i % 3)), At(500, 30 * i, length: 60)]);

        Assert.Equal(6, ReadingOrder.Rows(regions).Count);
    }

    private static TextRegion At(double left, double top, double height = 20, double length = 120) =>
        new(left + length / 2, top + height / 2, length, height, 0);
}
