using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace GlmStudio.Engine.Images;

/// <summary>Tells a file's format by its first bytes, and says in words what a file is that is no picture.</summary>
internal static class FileSignature
{
    private static readonly SearchValues<string> HevcBrands =
        SearchValues.Create(["heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs", "mif1", "msf1"], StringComparison.Ordinal);

    /// <exception cref="EngineException">Not a format that is read: <see cref="EngineFault.UnreadableImage"/>.</exception>
    public static ImageFormat Require(ReadOnlySpan<byte> file) => Find(file) ?? throw ImageFaults.Unreadable(Refusal(file));

    public static ImageFormat? Find(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return ImageFormat.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return ImageFormat.Png;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)) return ImageFormat.Gif;
        if (file.StartsWith("RIFF"u8) && At(file, 8, "WEBP"u8)) return ImageFormat.Webp;
        if (IsTiff(file)) return ImageFormat.Tiff;
        if (IsBmp(file)) return ImageFormat.Bmp;
        if (Brands(file) is { } brands && brands.Contains("avi", StringComparison.Ordinal)) return ImageFormat.Avif;
        return file[..Math.Min(1024, file.Length)].IndexOf("%PDF-"u8) >= 0 ? ImageFormat.Pdf : null;
    }

    private static bool At(ReadOnlySpan<byte> file, int offset, ReadOnlySpan<byte> magic) =>
        file.Length >= offset + magic.Length && file[offset..].StartsWith(magic);

    private static bool IsTiff(ReadOnlySpan<byte> file) =>
        file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8);

    // "BM" alone starts many a text; the header's size makes it sure.
    private static bool IsBmp(ReadOnlySpan<byte> file) => file.Length >= 18 && file.StartsWith("BM"u8)
        && BinaryPrimitives.ReadInt32LittleEndian(file[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;

    /// <summary>The major and compatible brands of an ISO media file's first box, or null.</summary>
    private static string? Brands(ReadOnlySpan<byte> file)
    {
        if (!At(file, 4, "ftyp"u8) || file.Length < 12) return null;
        var end = (int)Math.Min((uint)Math.Min(file.Length, 256), BinaryPrimitives.ReadUInt32BigEndian(file));
        return end < 12 ? null : Encoding.Latin1.GetString(file[8..end]);
    }

    private static string Refusal(ReadOnlySpan<byte> file)
    {
        const string Formats = "JPEG, PNG, WebP, GIF, TIFF, AVIF, BMP and PDF are read";
        if (file.IsEmpty) return "This file is empty (0 bytes). Upload it again.";
        if (Brands(file) is { } brands)
            return brands.AsSpan().ContainsAny(HevcBrands)
                ? "This is a HEIC photo, whose compression (HEVC) cannot be read here. Convert it to JPEG "
                    + "(on an iPhone: Settings › Camera › Formats › Most Compatible) and upload that."
                : $"This is a video or another media file (\"{brands[..4]}\"), not a picture; {Formats}. Upload a picture instead.";
        return Known(file) is { } known
            ? $"This is {known}, which is not read; {Formats}. Export it as one of these."
            : $"This is not a picture: found {Content(file)}; {Formats}.";
    }

    private static string? Known(ReadOnlySpan<byte> file) => file switch
    {
        _ when file.StartsWith("PK\x03\x04"u8) => "a ZIP archive or an Office document",
        _ when file.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) => "an old Office document",
        _ when file.StartsWith("8BPS"u8) => "a Photoshop file",
        _ when file.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]) => "an icon file",
        _ when file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || At(file, 4, "JXL "u8) => "a JPEG XL picture",
        _ when file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) || At(file, 4, "jP  "u8) => "a JPEG 2000 picture",
        _ when file[..Math.Min(512, file.Length)].IndexOf("<svg"u8) >= 0 => "an SVG drawing",
        _ => null,
    };

    private static string Content(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(96, file.Length)];
        var utf16 = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]);
        var text = utf16 ? Encoding.Unicode.GetString(start[2..]) : Encoding.UTF8.GetString(start);
        text = text.TrimStart('\uFEFF').TrimEnd('\uFFFD');   // a character cut at the end is no fault
        if (text.Length == 0 || text.Any(c => c is '\uFFFD' || (char.IsControl(c) && c is not ('\r' or '\n' or '\t'))))
            return $"{file.Length} bytes that start with {Convert.ToHexString(start[..Math.Min(8, start.Length)])}";
        var line = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return $"text, \"{(line.Length > 40 ? line[..40] + "…" : line)}\"";
    }
}
