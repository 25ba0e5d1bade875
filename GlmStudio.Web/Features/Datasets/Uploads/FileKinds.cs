namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>Which files of a folder are pictures. Whether they can be read is found out later and noted on the picture.</summary>
public static class FileKinds
{
    // HEIC cannot be read here, yet a phone's folder is full of it: such files become pictures with a problem that says so, not silence.
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif", ".bmp", ".dib", ".pdf", ".heic", ".heif",
    };

    private static readonly HashSet<string> Sheets = new(StringComparer.OrdinalIgnoreCase) { ".xlsx", ".xls", ".csv", ".tsv" };

    public static bool IsPicture(string path) => Pictures.Contains(Path.GetExtension(path));

    public static bool IsSheet(string path) => Sheets.Contains(Path.GetExtension(path));

    /// <summary>By the first bytes: for files whose name does not say what they are.</summary>
    public static bool LooksLikePicture(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
        || start.StartsWith("GIF8"u8) || start.StartsWith("%PDF-"u8) || start.StartsWith("BM"u8)
        || start.StartsWith((ReadOnlySpan<byte>)[0x49, 0x49, 0x2A, 0x00]) || start.StartsWith((ReadOnlySpan<byte>)[0x4D, 0x4D, 0x00, 0x2A])
        || (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..12].SequenceEqual("WEBP"u8))
        || (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8) && (start[8..12].SequenceEqual("avif"u8) || start[8..12].SequenceEqual("avis"u8)));
}
