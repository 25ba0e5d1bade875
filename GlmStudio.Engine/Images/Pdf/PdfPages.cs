namespace GlmStudio.Engine.Images.Pdf;

/// <summary>Pages of a PDF as pictures at <see cref="ImageLimits.RenderDpi"/>.</summary>
internal static class PdfPages
{
    public static ImageHeader Probe(ReadOnlyMemory<byte> bytes, int page, ImageLimits limits, CancellationToken cancellation)
    {
        using var document = PdfDocument.Open(bytes, cancellation);
        if (document.PageCount < 1) throw ImageFaults.Damaged(ImageFormat.Pdf, "it has no pages");
        // A page that is not there is the caller's fault, told with the count: it must not read as a damaged file.
        var (width, height) = PixelSize(document.PageSize(page < document.PageCount ? page : 0), limits);
        return new ImageHeader(ImageFormat.Pdf, width, height, document.PageCount);
    }

    public static RgbImage Read(ReadOnlyMemory<byte> bytes, int page, ImageHeader header, Deadline deadline, CancellationToken cancellation)
    {
        using var document = PdfDocument.Open(bytes, cancellation);
        return document.Render(page, header.Width, header.Height, deadline);
    }

    private static (int Width, int Height) PixelSize((float Width, float Height) points, ImageLimits limits)
    {
        double longest = Math.Max(points.Width, points.Height);
        if (!(points.Width > 0 && points.Height > 0 && double.IsFinite(longest)))
            throw ImageFaults.Damaged(ImageFormat.Pdf, $"a page of {points.Width} × {points.Height} points");
        var side = Math.Min(limits.RenderMaxSide, limits.MaxSide);
        var largest = Math.Min(side / longest, Math.Sqrt(limits.MaxPixels / (points.Width * (double)points.Height)));
        var scale = Math.Min(limits.RenderDpi / 72.0, largest);
        return (Pixels(points.Width), Pixels(points.Height));

        int Pixels(float length) => Math.Clamp((int)(length * scale + 0.5), 1, side);
    }
}
