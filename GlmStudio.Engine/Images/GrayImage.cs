namespace GlmStudio.Engine.Images;

/// <summary>The brightness of a picture, one byte a pixel, rows from the top.</summary>
internal sealed class GrayImage(int width, int height, byte[] pixels)
{
    public int Width { get; } = width;
    public int Height { get; } = height;
    public byte[] Pixels { get; } = pixels;

    public byte this[int x, int y] => Pixels[y * Width + x];

    /// <summary>Luma after ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B.</summary>
    public static GrayImage Of(RgbImage image)
    {
        var gray = new byte[image.Width * image.Height];
        var rgb = image.Pixels;
        for (int i = 0, at = 0; i < gray.Length; i++, at += 3)
            gray[i] = (byte)((rgb[at] * 19_595 + rgb[at + 1] * 38_470 + rgb[at + 2] * 7_471 + 32_768) >> 16);
        return new GrayImage(image.Width, image.Height, gray);
    }
}
