using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class TextRegionTests
{
    private static readonly TextRegion Level = new(50, 20, 60, 10, 0);

    [Fact]
    public void BoxOn_LevelRegion_IsItsRectangleInFractions()
    {
        var box = Level.BoxOn(100, 40);

        Assert.Equal((0.2, 0.375), (box.X, box.Y));
        Assert.Equal(0.6, box.Width, 9);
        Assert.Equal(0.25, box.Height, 9);
    }

    [Fact]
    public void BoxOn_PartOfALine_IsThatPart()
    {
        var box = Level.BoxOn(100, 40, -0.5, 0);

        Assert.Equal(0.2, box.X, 9);
        Assert.Equal(0.3, box.Width, 9);
    }

    [Fact]
    public void BoxOn_RegionOverTheEdge_IsCutThere()
    {
        var box = (Level with { X = 10 }).BoxOn(100, 40);

        Assert.Equal(0, box.X);
        Assert.Equal(0.4, box.Width, 9);
    }

    [Fact]
    public void Reversed_Start_IsTheFormerEnd()
    {
        var (x, y) = Level.Reversed.At(-0.5, 0);

        Assert.Equal(80, x, 6);
        Assert.Equal(20, y, 6);
    }

    [Fact]
    public void Quartered_TallRegion_ReadsFromTopToBottom()
    {
        var tall = new TextRegion(20, 50, 10, 60, 0).Quartered;

        Assert.Equal((60, 10), (tall.Length, tall.Height));
        Assert.Equal(20, tall.At(-0.5, 0).Y, 6);
    }

    [Fact]
    public void Unclipped_Region_GrowsOnEverySideAlike()
    {
        var grown = Level.Unclipped(1.4);

        Assert.Equal(grown.Length - Level.Length, grown.Height - Level.Height, 9);
        Assert.Equal(12, grown.Height - Level.Height, 9);
    }
}
