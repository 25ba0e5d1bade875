using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class ImageReaderTests
{
    [Theory]
    [InlineData("quarters.gif", ImageFormat.Gif, 1, 0)]
    [InlineData("pages.tif", ImageFormat.Tiff, 2, 0)]
    [InlineData("quarters.webp", ImageFormat.Webp, 1, 12)]
    [InlineData("quarters.avif", ImageFormat.Avif, 1, 12)]
    [InlineData("quarters-16bit.png", ImageFormat.Png, 1, 0)]
    [InlineData("progressive.jpg", ImageFormat.Jpeg, 1, 3)]
    [InlineData("24bit.bmp", ImageFormat.Bmp, 1, 0)]
    [InlineData("8bit.bmp", ImageFormat.Bmp, 1, 0)]
    [InlineData("broken-profile.png", ImageFormat.Png, 1, 0)]
    public void Read_EveryFormat_GivesTheSamePicture(string name, ImageFormat format, int pages, int tolerance)
    {
        using var reader = new ImageReader(new ImageLimits());
        Assert.Equal(new ImageHeader(format, 24, 16, pages), reader.Probe(File(name)));
        AssertQuarters(reader.Read(File(name), 0, TestContext.Current.CancellationToken), tolerance);
    }

    [Fact]
    public void Read_GrayJpeg_GivesEqualChannels()
    {
        var (r, g, b) = Pixel(Read(File("gray.jpg")), 3, 3);
        Assert.True(r == g && g == b && Math.Abs(r - 87) <= 3, $"{r} {g} {b}");
    }

    [Fact]
    public void Read_CmykJpeg_KeepsTheHues()
    {
        var image = Read(File("cmyk.jpg"));
        var (red, green, blue, white) = (Pixel(image, 3, 3), Pixel(image, 20, 3), Pixel(image, 3, 13), Pixel(image, 20, 13));
        Assert.True(red.R > 2 * red.B && green.G > 2 * green.R && blue.B > 3 * blue.R / 2, $"{red} {green} {blue}");
        AssertNear((250, 250, 250), white, 12);
    }

    [Fact]
    public void Read_Alpha_LiesOverWhite()
    {
        var image = Read(File("alpha.png"));
        AssertNear((255, 255, 255), Pixel(image, 3, 3), 0);
        AssertNear((142, 227, 147), Pixel(image, 20, 3), 2);
        AssertNear(Quarters[2], Pixel(image, 3, 13), 0);
    }

    [Fact]
    public void Read_ColourProfile_IsConvertedToSrgb()
    {
        // The profile calls red green and the other way round, so a reader that ignores it sees red in this corner.
        AssertNear((24, 221, 24), Pixel(Read(File("swapped-red-green.png")), 2, 2), 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Read_ExifOrientation_TurnsUpright(int orientation)
    {
        using var reader = new ImageReader(new ImageLimits());
        var file = File($"exif-{orientation}.jpg");
        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, 48, 32, 1), reader.Probe(file));
        AssertQuarters(reader.Read(file, 0, TestContext.Current.CancellationToken), 6);
    }

    [Fact]
    public void Read_SecondTiffFrame_HasItsOwnSize()
    {
        var image = Read(File("pages.tif"), page: 1);
        Assert.Equal((10, 20), (image.Width, image.Height));
        Assert.Equal((77, 77, 77), Pixel(image, 5, 5));
    }

    [Fact]
    public void Read_FaxTiff_IsBlackOnWhite()
    {
        var image = Read(File("fax.tif"));
        Assert.Equal((0, 0, 0), Pixel(image, 10, 10));
        Assert.Equal((255, 255, 255), Pixel(image, 30, 20));
    }

    [Fact]
    public void ReadThumbnail_LargeJpeg_FitsAndKeepsProportionsAndColours()
    {
        using var reader = new ImageReader(new ImageLimits());
        var big = ImageResize.Bicubic(Read(File("quarters-16bit.png")), 1200, 800);
        var small = reader.ReadThumbnail(ImageWriter.ToJpeg(big, 95), 120, 0, TestContext.Current.CancellationToken);
        Assert.Equal((120, 80), (small.Width, small.Height));
        AssertQuarters(small, 8);
    }

    [Fact]
    public void ReadThumbnail_SmallPicture_KeepsItsSize()
    {
        using var reader = new ImageReader(new ImageLimits());
        Assert.Equal(24, reader.ReadThumbnail(File("quarters.gif"), 120, 0, TestContext.Current.CancellationToken).Width);
    }

    [Fact]
    public async Task Read_ManyThreads_AllSeeTheSamePixels()
    {
        using var reader = new ImageReader(new ImageLimits { DecodeMemory = 64 << 20 });
        var expected = Noise(301, 203, 1);
        var file = ImageWriter.ToPng(expected);
        var reads = Enumerable.Range(0, 32).Select(_ => Task.Run(() => reader.Read(file), TestContext.Current.CancellationToken));
        var results = await Task.WhenAll(reads);
        Assert.All(results, r => Assert.Equal(expected.Pixels, r.Pixels));
    }
}
