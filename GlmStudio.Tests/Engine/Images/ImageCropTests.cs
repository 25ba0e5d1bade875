using GlmStudio.Engine;
using GlmStudio.Engine.Images;

namespace GlmStudio.Tests.Engine.Images;

public sealed class ImageCropTests
{
    // Ten by eight; red is the column, green the row.
    private static readonly RgbImage Page = new(10, 8, [.. Enumerable.Range(0, 80).SelectMany(i => new[] { (byte)(i % 10), (byte)(i / 10), (byte)0 })]);

    [Theory]
    [InlineData(0.2, 0.25, 0.3, 0.25, 0, 2, 2, 3, 2)]
    [InlineData(0.2, 0.25, 0.3, 0.25, 1, 1, 1, 5, 4)]
    [InlineData(0.21, 0.26, 0.25, 0.2, 0, 2, 2, 3, 2)]
    [InlineData(0, 0, 1, 1, 5, 0, 0, 10, 8)]
    [InlineData(0.9, 0.9, 0.5, 0.5, 0, 9, 7, 1, 1)]
    [InlineData(0.5, 0.5, 0, 0, 0, 5, 4, 1, 1)]
    public void Around_ABox_HasThePixelsItTouchesAndTheMargin(double x, double y, double width, double height, int margin, int left, int top, int wide, int tall)
    {
        var crop = ImageCrop.Around(Page, new PageBox(x, y, width, height), margin);
        Assert.Equal((wide, tall), (crop.Width, crop.Height));
        for (var row = 0; row < tall; row++)
            Assert.Equal(Enumerable.Range(left, wide).SelectMany(column => new[] { (byte)column, (byte)(top + row), (byte)0 }), crop.Row(row).ToArray());
    }
}
