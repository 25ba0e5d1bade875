using System.Globalization;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Data;

namespace GlmStudio.Web.Features.Reports;

/// <summary>Small JPEG copies of pictures for the Rows sheet, because spreadsheets do not show WebP. Kept beside the store's other copies.</summary>
internal sealed class ReportThumbnails(ImageStore store, ImageReader reader)
{
    /// <summary>Longest side in pixels: sharp at twice the size it is shown in.</summary>
    private const int MaxSide = 128;

    /// <summary>The picture's small copy, or null where the picture is gone or cannot be read.</summary>
    public async Task<Thumbnail?> FindAsync(string hash, int page, CancellationToken cancellation)
    {
        var path = store.DerivedPath(hash, string.Create(CultureInfo.InvariantCulture, $"{MaxSide}-{page}.jpeg"));
        try
        {
            if (!File.Exists(path)) await MakeAsync(hash, page, path, cancellation);
            var jpeg = await File.ReadAllBytesAsync(path, cancellation);
            var header = reader.Probe(jpeg);
            return new Thumbnail(jpeg, header.Width, header.Height);
        }
        catch (Exception fault) when (fault is EngineException or IOException)
        {
            return null;
        }
    }

    private async Task MakeAsync(string hash, int page, string path, CancellationToken cancellation)
    {
        // The dashboard's own thumbnail is forty times quicker to read than a photograph.
        var known = store.DerivedPath(hash, string.Create(CultureInfo.InvariantCulture, $"256-{page}.webp"));
        var small = File.Exists(known)
            ? reader.ReadThumbnail(await File.ReadAllBytesAsync(known, cancellation), MaxSide, 0, cancellation)
            : reader.ReadThumbnail(await store.ReadAsync(hash, cancellation), MaxSide, page, cancellation);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Guid.NewGuid():n}";
        await File.WriteAllBytesAsync(half, ImageWriter.ToJpeg(small), cancellation);
        File.Move(half, path, overwrite: true);
    }
}

/// <param name="Jpeg">The file.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record Thumbnail(byte[] Jpeg, int Width, int Height);
