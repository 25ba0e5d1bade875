using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class PdfPagesTests
{
    [Fact]
    public void Probe_ThreePages_CountsThemAndMeasuresTheFirst()
    {
        using var reader = new ImageReader(new ImageLimits { RenderDpi = 144 });
        Assert.Equal(new ImageHeader(ImageFormat.Pdf, 144, 72, 3), reader.Probe(File("three-pages.pdf")));
    }

    [Theory]
    [InlineData(0, 200, 100, 255, 0, 0)]     // red at the top left
    [InlineData(1, 100, 200, 255, 255, 255)]
    [InlineData(2, 100, 200, 255, 255, 255)]   // a landscape page turned by its /Rotate entry: green at the top right
    public void Read_EveryPage_IsDrawnOverWhite(int page, int width, int height, int r, int g, int b)
    {
        var image = Read(File("three-pages.pdf"), page);
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal((r, g, b), Pixel(image, 20, 20));
    }

    [Fact]
    public void Read_TurnedPage_IsUpright() => Assert.Equal((0, 255, 0), Pixel(Read(File("three-pages.pdf"), 2), 80, 20));

    [Fact]
    public void Read_LargePaper_IsDrawnAtALowerResolution()
    {
        using var reader = new ImageReader(new ImageLimits { RenderDpi = 600, RenderMaxSide = 256 });
        var image = reader.Read(File("three-pages.pdf"), 0, TestContext.Current.CancellationToken);
        Assert.Equal((256, 128), (image.Width, image.Height));
    }

    [Fact]
    public void Read_Encrypted_AsksForOneWithoutPassword()
    {
        var fault = Refused(File("encrypted.pdf"));
        Assert.Equal(EngineFault.UnreadableImage, fault.Fault);
        Assert.Contains("protected by a password", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AfterAFault_TheNextPdfIsRead()
    {
        Refused(File("encrypted.pdf"));
        Assert.Equal(200, Read(File("three-pages.pdf")).Width);
    }
}
