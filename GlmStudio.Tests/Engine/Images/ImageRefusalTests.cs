using System.ComponentModel.DataAnnotations;
using System.Text;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class ImageRefusalTests
{
    [Fact]
    public void Read_ZeroBytes_SaysEmpty()
    {
        var fault = Refused([]);
        Assert.Equal(EngineFault.UnreadableImage, fault.Fault);
        Assert.Contains("empty (0 bytes)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneByte_ShowsIt() => Assert.Contains("1 bytes that start with FF", Refused([0xFF]).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TextNamedPng_ShowsTheText()
    {
        var fault = Refused(Encoding.UTF8.GetBytes("Dear 客户,\r\nplease find attached …"));
        Assert.Equal(EngineFault.UnreadableImage, fault.Fault);
        Assert.StartsWith(
            "This is not a picture: found text, \"Dear 客户, please find attached …\"", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawing")]
    [InlineData("PK\u0003\u0004rest", "ZIP archive or an Office document")]
    [InlineData("8BPS0000", "Photoshop")]
    [InlineData("\0\0\0\u0018ftypmp42\0\0\0\0mp42isom", "video or another media file (\"mp42\")")]
    public void Read_OtherKindsOfFile_NamesThem(string content, string expected) =>
        Assert.Contains(expected, Refused(Encoding.Latin1.GetBytes(content)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Heic_SaysConvertToJpeg()
    {
        var fault = Refused(File("photo.heic"));
        Assert.Equal(EngineFault.UnreadableImage, fault.Fault);
        Assert.Contains("Convert it to JPEG", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("progressive.jpg", 400)]
    [InlineData("gray.jpg", 30)]
    [InlineData("quarters-16bit.png", 80)]
    [InlineData("quarters.webp", 60)]
    [InlineData("pages.tif", 100)]
    [InlineData("quarters.gif", 60)]
    [InlineData("quarters.avif", 200)]
    [InlineData("24bit.bmp", 700)]
    [InlineData("three-pages.pdf", 60)]
    public void Read_Truncated_SaysDamaged(string name, int length)
    {
        var fault = Refused(File(name)[..length]);
        Assert.Equal(EngineFault.UnreadableImage, fault.Fault);
        Assert.Contains("damaged or cut short", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_HugePng_IsRefusedBeforeAnyPixel()
    {
        using var reader = new ImageReader(new ImageLimits());
        var fault = Assert.Throws<EngineException>(() => reader.Probe(PngAnnouncing(30_000, 30_000)));
        Assert.Equal(EngineFault.ImageTooLarge, fault.Fault);
        Assert.Contains("30000 × 30000 pixels (900 megapixels)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GifOfLargestCanvas_IsRefused()
    {
        byte[] gif = [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
            0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 2, 0x4C, 1, 0, 0x3B];
        Assert.Equal(EngineFault.ImageTooLarge, Refused(gif).Fault);
    }

    [Fact]
    public void Read_TooManyBytes_NamesTheLimit()
    {
        var fault = Refused(new byte[3 << 20], new ImageLimits { MaxBytes = 2 << 20 });
        Assert.Equal(EngineFault.ImageTooLarge, fault.Fault);
        Assert.Contains("3 MiB; the limit is 2 MiB (Images:MaxBytes)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_JpegOf694Scans_IsRefusedAtOnce()
    {
        var fault = Refused(JpegFiles.WithScans(File("progressive.jpg"), 694));
        Assert.Equal(EngineFault.ImageTooLarge, fault.Fault);
        Assert.Contains("more than 32 progressive scans", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pages.tif", 2, "TIFF has 2 pages")]
    [InlineData("three-pages.pdf", 3, "PDF has 3 pages")]
    [InlineData("quarters.gif", 1, "GIF has 1 page,")]
    [InlineData("quarters.gif", -1, "Page index -1")]
    public void Read_PageThatIsNotThere_SaysHowManyThereAre(string name, int page, string expected)
    {
        var fault = Refused(File(name), page: page);
        Assert.Equal(EngineFault.BadRequest, fault.Fault);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("three-pages.pdf")]
    [InlineData("pages.tif")]
    public void Read_TooManyPages_IsRefused(string name) =>
        Assert.Contains("the limit is 1 (Images:MaxPages)",
            Refused(File(name), new ImageLimits { MaxPages = 1 }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("quarters-16bit.png")]
    [InlineData("24bit.bmp")]
    [InlineData("three-pages.pdf")]
    public void Read_PastTheDeadline_TimesOut(string name)
    {
        using var reader = new ImageReader(new ImageLimits(), new LeapingClock());
        Assert.Equal(EngineFault.Timeout, Assert.Throws<EngineException>(() => reader.Read(File(name), 0, CancellationToken.None)).Fault);
    }

    [Fact]
    public void Read_Cancelled_ThrowsCancellation()
    {
        using var reader = new ImageReader(new ImageLimits());
        Assert.ThrowsAny<OperationCanceledException>(() => reader.Read(File("quarters.gif"), 0, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Constructor_LimitOutOfRange_IsRefused() =>
        Assert.Throws<ValidationException>(() => new ImageReader(new ImageLimits { MaxPages = 0 }).Dispose());

    /// <summary>A clock on which a minute passes between any two looks.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _ticks;
        public override long TimestampFrequency => 1;
        public override long GetTimestamp() => Interlocked.Add(ref _ticks, 60);
    }
}
