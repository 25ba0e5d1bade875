using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class PagePixelsTests
{
    [Theory]
    [InlineData(0, "abc,def")]
    [InlineData(1, "da,eb,fc")]
    [InlineData(2, "fed,cba")]
    [InlineData(3, "cf,be,ad")]
    public void Turn_Quarters_MovesEveryPixel(int quarters, string rows) => Assert.Equal(rows, Show(PagePixels.Turn(Draw("abc", "def"), quarters)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TurnBack_BoxOfATurnedPixel_IsWhereItWas(int quarters)
    {
        var turned = PagePixels.Turn(Draw("...", "..x"), quarters);
        var at = Array.IndexOf(turned.Pixels, (byte)'x') / 3;
        var (width, height) = ((double)turned.Width, (double)turned.Height);

        var box = PagePixels.TurnBack(new PageBox(at % turned.Width / width, at / turned.Width / height, 1 / width, 1 / height), quarters);

        Assert.Equal(2 / 3.0, box.X, 9);
        Assert.Equal(0.5, box.Y, 9);
        Assert.Equal(1 / 3.0, box.Width, 9);
        Assert.Equal(0.5, box.Height, 9);
    }

    [Fact]
    public void Shrink_ByTwo_AveragesSquares()
    {
        var page = new RgbImage(4, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)(i < 12 ? 0 : 100))]);

        var small = PagePixels.Shrink(page, 2);

        Assert.Equal((2, 1), (small.Width, small.Height));
        Assert.All(small.Pixels, p => Assert.Equal(50, p));
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    public void Shrink_PageThinnerThanTheFactor_KeepsOnePixel(int width, int height)
    {
        var small = PagePixels.Shrink(new RgbImage(width, height, new byte[27]), 4);

        Assert.Equal(2, small.Width * small.Height);
    }

    private static RgbImage Draw(params string[] rows) => new(rows[0].Length, rows.Length, [.. string.Concat(rows).SelectMany(c => Enumerable.Repeat((byte)c, 3))]);

    private static string Show(RgbImage page) => string.Join(',', page.Pixels.Chunk(3).Select(p => (char)p[0]).Chunk(page.Width).Select(r => new string(r)));
}
