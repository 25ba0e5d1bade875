using GlmStudio.Engine.Images;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Engine.Model;

public sealed class PatchPixelsTests
{
    [Theory]
    [InlineData(14, 2, 196, 112)]
    [InlineData(14, 2, 150, 101)]
    [InlineData(4, 1, 60, 36)]
    [InlineData(8, 3, 120, 72)]
    [InlineData(16, 2, 160, 96)]
    [InlineData(20, 2, 90, 170)]
    public void Of_AnyPatchSize_CutsChannelRowColumnInMergeOrder(int side, int merge, int width, int height)
    {
        var config = new PreprocessorConfig(side, merge, 2, 1, 1e9, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);
        var image = new RgbImage(width, height, new byte[width * height * 3]);
        new Random(side).NextBytes(image.Pixels);

        var patches = PatchPixels.Of(image, config);

        var (newHeight, newWidth) = SmartResize.Of(height, width, config);
        var resized = ImageResize.Bicubic(image, newWidth, newHeight, ResizeReference.Torchvision);
        Assert.Equal(new PatchGrid(newHeight / side, newWidth / side), patches.Grid);
        List<byte> expected = [];
        foreach (var (row, column) in patches.Grid.MergeOrder(merge))
            for (var channel = 0; channel < 3; channel++)
                for (var y = row * side; y < (row + 1) * side; y++)
                    for (var x = column * side; x < (column + 1) * side; x++) expected.Add(resized.Row(y)[3 * x + channel]);
        Assert.Equal(expected, patches.Bytes);
    }
}
