using System.Numerics;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Engine.Model;

public sealed class ColourRangeTests
{
    private const int Side = 28;
    private static readonly PreprocessorConfig Config = new(14, 2, 2, 28 * 28, 1 << 24, [0.48, 0.46, 0.41], [0.27, 0.26, 0.28]);

    [Fact]
    public void Of_OneDotInTheLastPatchOfACell_WidensThatCellAndChannelOnly()
    {
        const int columns = 3, rows = 2;
        var pixels = Enumerable.Repeat((byte)240, columns * rows * Side * Side * 3).ToArray();
        // Row 1, column 2: its last pixel's green.
        pixels[((rows * Side - 1) * columns * Side + columns * Side - 1) * 3 + 1] = 100;

        var cells = ColourRange.Of(PatchPixels.Of(new RgbImage(columns * Side, rows * Side, pixels), Config), Config);

        Assert.Equal(columns * rows, cells.Length);
        Assert.All(cells[..^1], c => Assert.Equal(0, c.Widest, 0.01f));
        Assert.True(Vector3.Distance(new Vector3(240, 100, 240), cells[^1].Low) < 0.01, $"{cells[^1].Low}");
        Assert.Equal(140, cells[^1].Widest, 0.01f);
    }
}
