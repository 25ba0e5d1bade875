using System.ComponentModel.DataAnnotations;
using GlmStudio.Engine.Images.Bmp;
using GlmStudio.Engine.Images.Pdf;
using GlmStudio.Engine.Images.Vips;

namespace GlmStudio.Engine.Images;

/// <summary>Reads pictures and PDF pages from untrusted bytes, within limits. Safe for concurrent use.</summary>
/// <remarks>Every fault is an <see cref="EngineException"/> whose message says what was found and what to do:
/// <see cref="EngineFault.UnreadableImage"/>, <see cref="EngineFault.ImageTooLarge"/>, <see cref="EngineFault.Timeout"/>,
/// <see cref="EngineFault.OutOfMemory"/>, or <see cref="EngineFault.BadRequest"/> for a page that is not there.</remarks>
public sealed class ImageReader : IDisposable
{
    // The result's 3 bytes a pixel, 3 more while it is turned upright, 3 for the coefficients of a progressive JPEG.
    private const int BytesPerPixel = 9;

    private readonly MemoryBudget _memory;
    private readonly TimeProvider _clock;

    /// <summary>Creates a reader.</summary>
    /// <param name="limits">What one file may cost.</param>
    /// <param name="clock">The clock of the deadline; the system's by default.</param>
    /// <exception cref="ValidationException">A limit is out of its range.</exception>
    public ImageReader(ImageLimits limits, TimeProvider? clock = null)
    {
        Validator.ValidateObject(limits, new ValidationContext(limits), validateAllProperties: true);
        Limits = limits;
        _clock = clock ?? TimeProvider.System;
        _memory = new MemoryBudget(limits.DecodeMemory);
    }

    /// <summary>The limits this reader keeps.</summary>
    public ImageLimits Limits { get; }

    /// <summary>Reads the header only: cheap, and it fails where <see cref="Read"/> would fail for size or format.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="EngineException">Not a picture, damaged in the header, or beyond a limit.</exception>
    public ImageHeader Probe(ReadOnlyMemory<byte> bytes) => Inspect(bytes, 0, CancellationToken.None);

    /// <summary>Decodes one page: upright after EXIF, colours converted to sRGB, transparency over white, 8 bits a channel.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="page">Zero-based page of a PDF or frame of a TIFF; 0 otherwise.</param>
    /// <param name="ct">Ends the wait for memory and the decoding.</param>
    /// <exception cref="EngineException">See the remarks of the class.</exception>
    public RgbImage Read(ReadOnlyMemory<byte> bytes, int page = 0, CancellationToken ct = default)
    {
        var header = Inspect(bytes, page, ct);
        return Decode(bytes, header, page, 1, ct);
    }

    /// <summary>A small upright version for lists: a large JPEG is decoded at a fraction of its size, then resized to fit.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="maxSide">Longest side of the result in pixels; smaller pictures keep their size.</param>
    /// <param name="page">As in <see cref="Read"/>.</param>
    /// <param name="ct">As in <see cref="Read"/>.</param>
    /// <exception cref="EngineException">See the remarks of the class.</exception>
    public RgbImage ReadThumbnail(ReadOnlyMemory<byte> bytes, int maxSide, int page = 0, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        var header = Inspect(bytes, page, ct);
        var ratio = Math.Max(header.Width, header.Height) / (2 * maxSide);   // twice the wanted size is left for the good resize
        var shrink = header.Format is ImageFormat.Jpeg ? ratio switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 } : 1;
        return ImageResize.Fit(Decode(bytes, header, page, shrink, ct), maxSide);
    }

    /// <summary>Releases the waiting room; decodes that still run must have ended.</summary>
    public void Dispose() => _memory.Dispose();

    private ImageHeader Inspect(ReadOnlyMemory<byte> bytes, int page, CancellationToken ct)
    {
        if (bytes.Length > Limits.MaxBytes)
            throw ImageFaults.TooLarge($"The file has {ImageFaults.Megabytes(bytes.Length)}; "
                + $"the limit is {ImageFaults.Megabytes(Limits.MaxBytes)} (Images:MaxBytes). Upload a smaller version, or raise the limit.");
        var format = FileSignature.Require(bytes.Span);
        if (format is ImageFormat.Jpeg) CheckScans(bytes.Span);
        if (page < 0 || (page > 0 && format is not (ImageFormat.Pdf or ImageFormat.Tiff))) throw NoSuchPage(page, format, 1);
        var header = format switch
        {
            ImageFormat.Bmp => BmpDecoder.Probe(bytes.Span),
            ImageFormat.Pdf => PdfPages.Probe(bytes, page, Limits, ct),
            _ => VipsDecoder.Probe(bytes, format, 0),
        };
        CheckSize(header);
        if (page >= header.PageCount) throw NoSuchPage(page, format, header.PageCount);
        if (format is not ImageFormat.Tiff || page == 0) return header;
        var frame = VipsDecoder.Probe(bytes, format, page);
        CheckSize(frame);
        return frame;
    }

    private RgbImage Decode(ReadOnlyMemory<byte> bytes, ImageHeader header, int page, int shrink, CancellationToken ct)
    {
        var pixels = (long)header.Width * header.Height / (shrink * shrink);
        using var lease = _memory.Take(pixels * BytesPerPixel, ct);
        var deadline = new Deadline(Limits.Deadline, _clock, ct);
        try
        {
            return header.Format switch
            {
                ImageFormat.Bmp => BmpDecoder.Read(bytes.Span, deadline),
                ImageFormat.Pdf => PdfPages.Read(bytes, page, header, deadline, ct),
                _ => VipsDecoder.Read(bytes, header.Format, page, shrink, deadline),
            };
        }
        catch (OutOfMemoryException e)
        {
            throw new EngineException(EngineFault.OutOfMemory,
                $"No memory to decode {header.Width} × {header.Height} pixels now. Try again later, or lower Images:DecodeMemory.", e);
        }
    }

    private void CheckScans(ReadOnlySpan<byte> jpeg)
    {
        if (JpegScans.Count(jpeg, Limits.MaxProgressiveScans) > Limits.MaxProgressiveScans)
            throw ImageFaults.TooLarge($"This JPEG has more than {Limits.MaxProgressiveScans} progressive scans "
                + "(Images:MaxProgressiveScans); pictures from cameras and programs have 1 to 12, "
                + "this many only slow the decoder down. Save it anew as a plain JPEG.");
    }

    private void CheckSize(ImageHeader header)
    {
        var pixels = (long)header.Width * header.Height;
        if (header.Width > Limits.MaxSide || header.Height > Limits.MaxSide || pixels > Limits.MaxPixels)
            throw ImageFaults.TooLarge($"This {header.Format.Name()} has {header.Width} × {header.Height} pixels "
                + $"({ImageFaults.Megapixels(pixels)}); the limits are {Limits.MaxSide} a side and {ImageFaults.Megapixels(Limits.MaxPixels)} "
                + "(Images:MaxSide, Images:MaxPixels). Scale it down, or raise the limits.");
        if (header.PageCount > Limits.MaxPages)
            throw ImageFaults.TooLarge($"This {header.Format.Name()} has {header.PageCount} pages; "
                + $"the limit is {Limits.MaxPages} (Images:MaxPages). Split it, or raise the limit.");
    }

    private static EngineException NoSuchPage(int page, ImageFormat format, int count) => new(EngineFault.BadRequest,
        $"Page index {page} was asked for; this {format.Name()} has {count} {(count == 1 ? "page" : "pages")}, counted from 0.");
}
