using System.Buffers;
using System.Globalization;

namespace GlmStudio.Engine.Images.Vips;

/// <summary>Reads JPEG, PNG, WebP, GIF, TIFF and AVIF: upright, sRGB, alpha over white, 8 bits.</summary>
internal static unsafe class VipsDecoder
{
    public static ImageHeader Probe(ReadOnlyMemory<byte> bytes, ImageFormat format, int page) => Guard(format, () =>
    {
        using var pin = bytes.Pin();
        using var image = Open(pin, bytes.Length, format, page, 1);
        var pages = format is ImageFormat.Tiff ? image.Pages : 1;
        return Upright.Swaps(image.Orientation)
            ? new ImageHeader(format, image.Height, image.Width, pages)
            : new ImageHeader(format, image.Width, image.Height, pages);
    });

    /// <param name="bytes">The whole file.</param>
    /// <param name="format">Its format by its first bytes.</param>
    /// <param name="page">Frame of a TIFF, otherwise 0.</param>
    /// <param name="shrink">1, 2, 4 or 8: a JPEG is decoded at that fraction of its size, much faster; ignored for other formats.</param>
    /// <param name="deadline">When to give up.</param>
    public static RgbImage Read(ReadOnlyMemory<byte> bytes, ImageFormat format, int page, int shrink, Deadline deadline) =>
        Guard(format, () =>
    {
        using var pin = bytes.Pin();
        var image = Open(pin, bytes.Length, format, page, shrink);
        try
        {
            var orientation = image.Orientation;
            if (image.HasProfile) Replace(ref image, ApplyProfile(image));
            if (!image.IsSrgb) Replace(ref image, Apply("colourspace", image, ("space", "srgb")));
            if (image.HasAlpha) Replace(ref image, Apply("flatten", image, ("background", "255")));
            if (!image.IsBytes) Replace(ref image, Apply("cast", image, ("format", "uchar")));
            if (image.Bands != 3)
                throw ImageFaults.Unreadable(
                    $"This {format.Name()} file has {image.Bands} colour channels, which is no photo or scan. Export it as an RGB picture.");
            return Upright.Turn(image.ReadPixels(deadline), orientation);
        }
        finally
        {
            image.Dispose();
        }
    });

    private static VipsImage Open(MemoryHandle pin, int length, ImageFormat format, int page, int shrink)
    {
        using var load = new VipsOperation(format switch
        {
            ImageFormat.Jpeg => "jpegload_buffer",
            ImageFormat.Png => "pngload_buffer",
            ImageFormat.Webp => "webpload_buffer",
            ImageFormat.Gif => "gifload_buffer",
            ImageFormat.Tiff => "tiffload_buffer",
            _ => "heifload_buffer",
        });
        // The default, fail_on=none, would hand out half pictures as whole ones.
        load.With("buffer", (byte*)pin.Pointer, length).With("access", "sequential").With("fail_on", "error");
        if (format is ImageFormat.Tiff && page > 0) load.With("page", page.ToString(CultureInfo.InvariantCulture));
        if (format is ImageFormat.Jpeg && shrink > 1) load.With("shrink", shrink.ToString(CultureInfo.InvariantCulture));
        return load.Image();
    }

    private static VipsImage? ApplyProfile(VipsImage image)
    {
        try
        {
            return Apply("icc_transform", image, ("output_profile", "srgb"), ("embedded", "true"), ("depth", "8"), ("intent", "relative"));
        }
        catch (VipsException)
        {
            return null;   // a broken colour profile costs the exact tint, not the picture
        }
    }

    private static VipsImage Apply(string operation, VipsImage image, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        using var call = new VipsOperation(operation);
        call.With("in", image);
        foreach (var (name, value) in arguments) call.With(name, value);
        return call.Image();
    }

    private static void Replace(ref VipsImage image, VipsImage? next)
    {
        if (next is null) return;
        image.Dispose();   // the new image holds what it needs of the old one
        image = next;
    }

    private static T Guard<T>(ImageFormat format, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VipsException e)
        {
            throw ImageFaults.Damaged(format, e.Message, e);
        }
        finally
        {
            VipsNative.vips_thread_shutdown();   // pool threads come and go; their native buffers must not stay behind
        }
    }
}
