using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>What a file's first bytes say about it. Stands until pictures are decoded.</summary>
internal static class PictureReading
{
    /// <exception cref="EngineException">Not a picture.</exception>
    public static (int Width, int Height, int PageCount) Probe(ReadOnlyMemory<byte> bytes) =>
        FileKinds.LooksLikePicture(bytes.Span) ? (0, 0, 1)
            : throw new EngineException(EngineFault.UnreadableImage, "The file is not a picture. Save it again as JPEG or PNG.");
}
