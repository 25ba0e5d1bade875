namespace GlmStudio.Engine.Images;

/// <summary>An upright picture: 8-bit sRGB, row-major, three bytes a pixel, no padding.</summary>
public sealed class RgbImage
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels"><c>width × height × 3</c> bytes: R, G, B of each pixel, rows from the top.</param>
    /// <exception cref="ArgumentException">The sizes do not agree.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.LongLength != (long)width * height * 3)
            throw new ArgumentException(
                $"{width} × {height} pixels need {(long)width * height * 3} bytes, got {pixels.LongLength}.", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>R, G, B bytes, rows from the top, <c>Width × Height × 3</c> of them.</summary>
    public byte[] Pixels { get; }

    /// <summary>One row's bytes, <c>Width × 3</c> of them.</summary>
    public ReadOnlySpan<byte> Row(int y) => Pixels.AsSpan(y * Width * 3, Width * 3);

    internal static byte[] Allocate(int width, int height) => PixelMemory.Shared.Take(checked(width * height * 3));
}
