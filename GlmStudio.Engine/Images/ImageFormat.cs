namespace GlmStudio.Engine.Images;

/// <summary>File formats the engine reads, told by their first bytes and never by a file name.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, baseline or progressive; gray, colour or CMYK.</summary>
    Jpeg,
    /// <summary>PNG with 1 to 16 bits a channel.</summary>
    Png,
    /// <summary>WebP, lossy or lossless; of an animation the first frame.</summary>
    Webp,
    /// <summary>GIF; of an animation the first frame.</summary>
    Gif,
    /// <summary>TIFF; every frame is a page.</summary>
    Tiff,
    /// <summary>AVIF, the primary picture.</summary>
    Avif,
    /// <summary>Windows bitmap.</summary>
    Bmp,
    /// <summary>PDF, rendered page by page.</summary>
    Pdf,
}

/// <summary>Names of the formats for HTTP and for files.</summary>
public static class ImageFormats
{
    /// <summary>The media type, for example <c>image/jpeg</c>.</summary>
    public static string MediaType(this ImageFormat format) =>
        format is ImageFormat.Pdf ? "application/pdf" : $"image/{Lower(format)}";

    /// <summary>The usual file extension with its dot, for example <c>.jpg</c>.</summary>
    public static string Extension(this ImageFormat format) => format is ImageFormat.Jpeg ? ".jpg" : $".{Lower(format)}";

    /// <summary>The name people use, for example <c>JPEG</c> or <c>WebP</c>.</summary>
    public static string Name(this ImageFormat format) => format is ImageFormat.Webp ? "WebP" : format.ToString().ToUpperInvariant();

    private static string Lower(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "jpeg",
        ImageFormat.Png => "png",
        ImageFormat.Webp => "webp",
        ImageFormat.Gif => "gif",
        ImageFormat.Tiff => "tiff",
        ImageFormat.Avif => "avif",
        ImageFormat.Bmp => "bmp",
        _ => "pdf",
    };
}
