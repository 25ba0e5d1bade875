namespace GlmStudio.Engine.Images;

/// <summary>Cuts a rectangle out of a picture.</summary>
public static class ImageCrop
{
    /// <summary>The pixels that a box touches, with a margin around them as far as the picture goes.</summary>
    /// <param name="image">The upright picture.</param>
    /// <param name="box">Where on it, in fractions; what lies outside is left out.</param>
    /// <param name="margin">Pixels on each side.</param>
    public static RgbImage Around(RgbImage image, PageBox box, int margin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        var (left, right) = Span(box.X, box.Width, image.Width, margin);
        var (top, bottom) = Span(box.Y, box.Height, image.Height, margin);
        var (width, height) = (right - left, bottom - top);
        var pixels = RgbImage.Allocate(width, height);
        for (var y = 0; y < height; y++) image.Row(top + y).Slice(left * 3, width * 3).CopyTo(pixels.AsSpan(y * width * 3));
        return new RgbImage(width, height, pixels);
    }

    // At least one pixel, wherever the box is.
    private static (int From, int To) Span(double at, double length, int size, int margin)
    {
        var from = (int)Math.Clamp(Math.Floor(at * size) - margin, 0, size - 1);
        return (from, (int)Math.Clamp(Math.Ceiling((at + length) * size) + margin, from + 1, size));
    }
}
