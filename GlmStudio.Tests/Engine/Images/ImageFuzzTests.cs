using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class ImageFuzzTests
{
    private const int FilesEach = 150;

    [Theory]
    [InlineData("progressive.jpg")]
    [InlineData("exif-6.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("quarters-16bit.png")]
    [InlineData("alpha.png")]
    [InlineData("swapped-red-green.png")]
    [InlineData("quarters.webp")]
    [InlineData("quarters.gif")]
    [InlineData("pages.tif")]
    [InlineData("fax.tif")]
    [InlineData("quarters.avif")]
    [InlineData("24bit.bmp")]
    [InlineData("8bit.bmp")]
    [InlineData("three-pages.pdf")]
    [InlineData("encrypted.pdf")]
    public void Read_DamagedInManyWays_DecodesOrRefuses(string name)
    {
        using var reader = new ImageReader(new ImageLimits { MaxPixels = 4_000_000, MaxSide = 4_096, RenderDpi = 72 });
        var original = File(name);
        for (var seed = 0; seed < FilesEach; seed++)
        {
            try
            {
                var image = reader.Read(Damage(original, new Random(seed)), 0, TestContext.Current.CancellationToken);
                Assert.True((long)image.Width * image.Height <= 4_000_000);
            }
            catch (EngineException e)
            {
                Assert.True(e.Message.Length > 40, e.Message);
            }
        }
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        var bytes = (byte[])file.Clone();
        for (var i = random.Next(1, 9); i > 0; i--)
        {
            var at = random.Next(bytes.Length);
            if (random.Next(2) == 0) bytes[at] = (byte)random.Next(256);
            else bytes[at] ^= (byte)(1 << random.Next(8));
        }
        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
