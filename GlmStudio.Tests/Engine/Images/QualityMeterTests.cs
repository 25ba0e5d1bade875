using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class QualityMeterTests
{
    [Fact]
    public void Measure_GoodPage_HasNoNotes()
    {
        var reading = QualityMeter.Measure(Page());
        Assert.Empty(reading.Notes);
        Assert.Equal(0, reading.Rotation);
        Assert.InRange(reading.Brightness, 180, 254);
    }

    [Fact]
    public void Measure_PageOnItsSide_IsRotated()
    {
        var reading = QualityMeter.Measure(Upright.Turn(Page(), 6));
        Assert.Equal(["rotated"], reading.Notes);
        Assert.Equal(90, reading.Rotation);
    }

    [Fact]
    public void Measure_BlurredPage_SaysOnlySo()
    {
        // Down to a quarter and up again takes the fine strokes away.
        var blurred = ImageResize.Bicubic(ImageResize.Bicubic(Page(), 200, 250), 800, 1000);
        var reading = QualityMeter.Measure(ImageResize.Bicubic(ImageResize.Bicubic(blurred, 130, 160), 800, 1000));
        Assert.Equal(["blurred"], reading.Notes);
        Assert.Null(reading.Rotation);
    }

    [Fact]
    public void Measure_DarkenedPage_IsDarkButNotBlurred() => Assert.Equal(["dark"], QualityMeter.Measure(Map(Page(), p => p / 4)).Notes);

    [Fact]
    public void Measure_PaleInk_IsBright() => Assert.Equal(["bright"], QualityMeter.Measure(Map(Page(), p => 255 - (255 - p) / 5)).Notes);

    [Fact]
    public void Measure_TinyPicture_IsSmall() => Assert.Contains("small", QualityMeter.Measure(Read(File("quarters.gif"))).Notes);

    [Fact]
    public void Measure_LargerScanOfTheSamePage_ReadsAlike()
    {
        var (small, large) = (QualityMeter.Measure(Page()), QualityMeter.Measure(ImageResize.Bicubic(Page(), 2400, 3000)));
        Assert.Equal(small.Notes, large.Notes);
        Assert.InRange(large.Brightness, small.Brightness - 1, small.Brightness + 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3000)]
    [InlineData(3000, 2)]
    public void Measure_AnyShape_GivesFiniteNumbers(int width, int height)
    {
        var reading = QualityMeter.Measure(new RgbImage(width, height, new byte[width * height * 3]));
        Assert.True(double.IsFinite(reading.Sharpness) && reading.Clipped == 1 && reading.Rotation is null);
    }

    [Fact]
    public void LaplacianVariance_OneBrightPixel_FollowsTheFormula()
    {
        // Inner pixels of 5×5: 4·100 at the centre, −100 at its four neighbours, 0 at four corners; mean 0, so (160000 + 4·10000) / 9.
        var pixels = new byte[25];
        pixels[12] = 100;
        Assert.Equal(200_000 / 9.0, QualityMeter.LaplacianVariance(new GrayImage(5, 5, pixels)), 6);
    }

    private static RgbImage Map(RgbImage image, Func<int, int> tone) =>
        new(image.Width, image.Height, [.. image.Pixels.Select(p => (byte)tone(p))]);

    /// <summary>A page of 800 × 1000 with rows of words made of random strokes, as a receipt has them.</summary>
    private static RgbImage Page()
    {
        var random = new Random(11);
        var pixels = new byte[800 * 1000 * 3];
        pixels.AsSpan().Fill(250);
        for (var line = 60; line < 940; line += 22)
            for (var x = 60; x < 700; x += 9)
                if (random.Next(6) > 0) Letter(pixels, x, line, random);
        return new RgbImage(800, 1000, pixels);
    }

    private static void Letter(byte[] pixels, int left, int top, Random random)
    {
        for (var stroke = 0; stroke < 3; stroke++)
        {
            var (upright, at) = (random.Next(2) == 0, random.Next(6));
            for (var i = 0; i < (upright ? 12 : 6); i++)
                pixels.AsSpan(((top + (upright ? i : at * 2)) * 800 + left + (upright ? at : i)) * 3, 3).Fill(20);
        }
    }
}
