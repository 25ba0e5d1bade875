using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class ImageWriterTests
{
    [Fact]
    public void ToPng_ReadBack_IsEqual()
    {
        var image = Noise(77, 33, 2);
        Assert.Equal(image.Pixels, Read(ImageWriter.ToPng(image)).Pixels);
    }

    [Fact]
    public void ToJpegAndToWebp_ReadBack_AreClose()
    {
        var image = ImageResize.Bicubic(Read(File("quarters-16bit.png")), 96, 64);
        AssertQuarters(Read(ImageWriter.ToJpeg(image, 95)), 4);
        AssertQuarters(Read(ImageWriter.ToWebp(image, 95)), 8);
    }

    [Fact]
    public void ToJpeg_LowerQuality_IsSmaller()
    {
        var image = Noise(200, 200, 4);
        Assert.True(ImageWriter.ToJpeg(image, 30).Length < ImageWriter.ToJpeg(image, 90).Length);
    }

    [Fact]
    public void ToWebp_TooWide_SaysSo()
    {
        var fault = Assert.Throws<EngineException>(() => ImageWriter.ToWebp(new RgbImage(17_000, 1, new byte[51_000])));
        Assert.Equal(EngineFault.ImageTooLarge, fault.Fault);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void ToJpeg_QualityOutOfRange_IsRefused(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageWriter.ToJpeg(Noise(4, 4, 1), quality));
}
