using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class ImageResizeTests
{
    [Theory]
    [InlineData(20, 15)]
    [InlineData(122, 94)]
    [InlineData(61, 20)]
    [InlineData(33, 47)]
    [InlineData(1, 1)]
    [InlineData(97, 13)]
    [InlineData(7, 200)]
    [InlineData(60, 46)]
    public void Bicubic_AnySize_EqualsPillowInEveryBit(int width, int height)
    {
        var expected = Read(File($"resize-{width}x{height}.png"));   // made with Pillow 9.4: source.resize((w, h), Image.BICUBIC)
        var actual = ImageResize.Bicubic(Read(File("resize-source.png")), width, height);
        Assert.Equal((width, height), (actual.Width, actual.Height));
        Assert.Equal(expected.Pixels, actual.Pixels);
    }

    [Fact]
    public void Bicubic_SameSize_ReturnsThePictureItself()
    {
        var image = Noise(40, 30, 3);
        Assert.Same(image, ImageResize.Bicubic(image, 40, 30));
    }

    [Fact]
    public void Bicubic_FlatColour_StaysFlat()
    {
        var pixels = new byte[517 * 233 * 3];
        pixels.AsSpan().Fill(200);
        Assert.All(ImageResize.Bicubic(new RgbImage(517, 233, pixels), 313, 411).Pixels, p => Assert.Equal(200, p));
    }

    [Theory]
    [InlineData(4000, 3000, 320, 320, 240)]
    [InlineData(100, 9000, 300, 3, 300)]
    [InlineData(50_000, 1, 10, 10, 1)]
    [InlineData(200, 100, 200, 200, 100)]
    public void Fit_AnyShape_StaysWithinTheSide(int width, int height, int side, int expectedWidth, int expectedHeight)
    {
        var image = ImageResize.Fit(new RgbImage(width, height, new byte[width * height * 3]), side);
        Assert.Equal((expectedWidth, expectedHeight), (image.Width, image.Height));
    }
}
