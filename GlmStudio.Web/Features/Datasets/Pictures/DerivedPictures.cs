using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Data;

namespace GlmStudio.Web.Features.Datasets.Pictures;

/// <summary>Small copies of stored pictures for browsers: made when first asked for, kept as WebP files, never changed.</summary>
public sealed class DerivedPictures(ImageStore store, ImageReader reader) : IDisposable
{
    public const int ThumbSide = 256;
    public const int DisplaySide = 2000;
    private const int Quality = 80;

    // A page of a hundred thumbnails must not decode a hundred pictures at a time.
    private readonly SemaphoreSlim _decoding = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The file with the copy, made now where there is none yet.</summary>
    /// <exception cref="EngineException">The picture cannot be read.</exception>
    /// <exception cref="FileNotFoundException">The store does not have it.</exception>
    public async Task<string> EnsureAsync(string hash, int page, int maxSide, CancellationToken cancellation)
    {
        var path = PathOf(hash, page, maxSide);
        if (File.Exists(path)) return path;
        await _decoding.WaitAsync(cancellation);
        try
        {
            if (File.Exists(path)) return path;
            var bytes = await store.ReadAsync(hash, cancellation);
            await Task.Run(() => Save(path, Small(bytes, page, maxSide, cancellation)), cancellation);
            return path;
        }
        finally
        {
            _decoding.Release();
        }
    }

    /// <summary>Makes the thumbnail of a picture that is decoded already.</summary>
    public void SaveThumb(string hash, int page, RgbImage image)
    {
        var path = PathOf(hash, page, ThumbSide);
        if (!File.Exists(path)) Save(path, ImageResize.Fit(image, ThumbSide));
    }

    public void Dispose() => _decoding.Dispose();

    // A thumbnail may come from a reduced decode; what people compare values with is the picture the engine sees.
    private RgbImage Small(byte[] bytes, int page, int maxSide, CancellationToken cancellation) => maxSide == ThumbSide
        ? reader.ReadThumbnail(bytes, maxSide, page, cancellation)
        : ImageResize.Fit(reader.Read(bytes, page, cancellation), maxSide);

    private string PathOf(string hash, int page, int maxSide) => store.DerivedPath(hash, $"{maxSide}-{page}.webp");

    private static void Save(string path, RgbImage image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Guid.NewGuid():n}";
        File.WriteAllBytes(half, ImageWriter.ToWebp(image, Quality));
        File.Move(half, path, overwrite: true);
    }
}
