using System.Globalization;
using GlmStudio.Engine.Images.Vips;

namespace GlmStudio.Engine.Images;

/// <summary>Encodes pictures. The files carry no metadata; readers take them as sRGB.</summary>
public static class ImageWriter
{
    private const int WebpMaxSide = 16_383, JpegMaxSide = 65_500;

    /// <summary>A lossy WebP file, the smallest of the three.</summary>
    /// <param name="image">At most 16,383 pixels a side.</param>
    /// <param name="quality">1 … 100.</param>
    /// <exception cref="EngineException">Larger than WebP allows: <see cref="EngineFault.ImageTooLarge"/>.</exception>
    public static byte[] ToWebp(RgbImage image, int quality = 80) => Lossy("webpsave_buffer", "WebP", image, quality, WebpMaxSide);

    /// <summary>A baseline JPEG file, readable everywhere.</summary>
    /// <param name="image">At most 65,500 pixels a side.</param>
    /// <param name="quality">1 … 100.</param>
    /// <exception cref="EngineException">Larger than JPEG allows: <see cref="EngineFault.ImageTooLarge"/>.</exception>
    public static byte[] ToJpeg(RgbImage image, int quality = 85) => Lossy("jpegsave_buffer", "JPEG", image, quality, JpegMaxSide);

    /// <summary>A PNG file, equal to the picture in every pixel.</summary>
    public static byte[] ToPng(RgbImage image) => Save("pngsave_buffer", image, null);

    private static byte[] Lossy(string operation, string name, RgbImage image, int quality, int maxSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Math.Max(image.Width, image.Height) <= maxSide ? Save(operation, image, quality)
            : throw ImageFaults.TooLarge($"{image.Width} × {image.Height} pixels do not fit into a {name} file, "
                + $"which holds {maxSide} a side. Scale the picture down.");
    }

    private static unsafe byte[] Save(string operation, RgbImage image, int? quality)
    {
        VipsLibrary.Require();
        fixed (byte* pixels = image.Pixels)
        {
            using var source = VipsImage.FromRgb(pixels, image.Width, image.Height);
            using var rgb = new VipsOperation("copy").With("in", source).With("interpretation", "srgb");
            using var tagged = rgb.Image();
            using var save = new VipsOperation(operation).With("in", tagged).With("keep", "none");
            if (quality is { } q) save.With("Q", q.ToString(CultureInfo.InvariantCulture));
            return save.Bytes();
        }
    }
}
