using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

/// <summary>The resize for weights of 16 bits, against one number after the other.</summary>
public sealed class PairedResizeTests
{
    [Theory]
    [InlineData(1024, 768, 1036, 756)]
    [InlineData(97, 61, 28, 28)]
    [InlineData(60, 45, 140, 112)]
    [InlineData(300, 33, 28, 33)]
    [InlineData(33, 300, 33, 28)]
    [InlineData(2, 3, 28, 56)]
    [InlineData(1, 1, 28, 28)]
    [InlineData(640, 481, 56, 84)]
    [InlineData(5, 7, 1, 2)]
    public void Bicubic_Torchvision_EqualsThePlainSumsInEveryBit(int width, int height, int newWidth, int newHeight)
    {
        var image = Noise(width, height, width + height);
        var actual = ImageResize.Bicubic(image, newWidth, newHeight, ResizeReference.Torchvision);
        Assert.Equal(Plain(image, newWidth, newHeight), actual.Pixels);
    }

    [Fact]
    public void Bicubic_SharpEdges_AreClippedAlike()
    {
        var pixels = new byte[90 * 70 * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i / 3 / 5 % 2 == 0 ? 255 : 0);
        var image = new RgbImage(90, 70, pixels);
        Assert.Equal(Plain(image, 112, 84), ImageResize.Bicubic(image, 112, 84, ResizeReference.Torchvision).Pixels);
    }

    private static byte[] Plain(RgbImage image, int width, int height)
    {
        var wide = image.Width == width ? image.Pixels : Along(image.Pixels, image.Height, image.Width, width, 3);
        return image.Height == height ? wide : Along(wide, 1, image.Height, height, width * 3);
    }

    // Each of the lines has positions of so many bytes; byte k of a position is mixed with byte k of its neighbours.
    private static byte[] Along(byte[] source, int lines, int from, int to, int bytes)
    {
        var weights = new ResampleWeights(from, to, ResizeReference.Torchvision);
        var result = new byte[lines * to * bytes];
        for (var line = 0; line < lines; line++)
            for (var x = 0; x < to; x++)
                for (var k = 0; k < bytes; k++)
                {
                    var sum = 1 << (weights.Precision - 1);
                    for (var i = 0; i < weights.Window(x).Count; i++) sum += source[(line * from + weights.Window(x).First + i) * bytes + k] * weights.Weights(x)[i];
                    result[(line * to + x) * bytes + k] = (byte)Math.Clamp(sum >> weights.Precision, 0, 255);
                }
        return result;
    }
}
