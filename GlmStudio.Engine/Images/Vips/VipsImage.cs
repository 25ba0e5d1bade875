using System.Runtime.InteropServices;
using static GlmStudio.Engine.Images.Vips.VipsNative;

namespace GlmStudio.Engine.Images.Vips;

/// <summary>One reference to a libvips image: a recipe whose pixels are computed when rows are fetched. The source bytes must stay
/// pinned until then.</summary>
internal sealed unsafe class VipsImage : SafeHandle
{
    private const int Uchar = 0, Srgb = 22;   // VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB

    // A strip stays in the processor's cache on its way through libvips, and its memory is used again: larger ones are asked of the system and given back every time.
    private const int StripBytes = 1 << 16;

    public VipsImage(nint reference) : base(0, ownsHandle: true) => SetHandle(reference);

    public override bool IsInvalid => handle == 0;
    public int Width => vips_image_get_width(this);
    public int Height => vips_image_get_height(this);
    public int Bands => vips_image_get_bands(this);
    public int Pages => vips_image_get_n_pages(this);
    public bool HasAlpha => vips_image_hasalpha(this) != 0;
    public bool HasProfile => vips_image_get_typeof(this, "icc-profile-data") != 0;
    public bool IsSrgb => vips_image_get_interpretation(this) == Srgb;
    public bool IsBytes => vips_image_get_format(this) == Uchar;

    /// <summary>EXIF orientation 1 … 8 of the stored pixels.</summary>
    public int Orientation => vips_image_get_orientation(this);

    /// <summary>An image over RGB bytes that stay pinned while it lives.</summary>
    public static VipsImage FromRgb(byte* pixels, int width, int height)
    {
        var image = vips_image_new_from_memory(pixels, (nuint)width * (nuint)height * 3, width, height, 3, Uchar);
        return image == 0 ? throw VipsLibrary.TakeError() : new VipsImage(image);
    }

    /// <summary>Computes all pixels of a three-band byte image from the top down, strip by strip, looking at the deadline between
    /// strips.</summary>
    public RgbImage ReadPixels(Deadline deadline)
    {
        int width = Width, height = Height, rows = Math.Clamp(StripBytes / (width * 3), 8, 512);
        var pixels = RgbImage.Allocate(width, height);
        var region = vips_region_new(this);
        if (region == 0) throw VipsLibrary.TakeError();
        try
        {
            for (var top = 0; top < height; top += rows)
            {
                deadline.ThrowIfPassed();
                var strip = Math.Min(rows, height - top);
                FetchStrip(region, top, strip, pixels.AsSpan(top * width * 3, strip * width * 3));
            }
        }
        finally
        {
            g_object_unref(region);
        }
        return new RgbImage(width, height, pixels);
    }

    private void FetchStrip(nint region, int top, int rows, Span<byte> target)
    {
        var strip = vips_region_fetch(region, 0, top, Width, rows, out var bytes);
        if (strip is null) throw VipsLibrary.TakeError();
        new ReadOnlySpan<byte>(strip, checked((int)bytes)).CopyTo(target);
        g_free((nint)strip);
    }

    protected override bool ReleaseHandle()
    {
        g_object_unref(handle);
        return true;
    }
}
