using System.Globalization;

namespace GlmStudio.Engine.Images;

/// <summary>The wordings of refusals, so that each says what was found and what to do.</summary>
internal static class ImageFaults
{
    public static EngineException Unreadable(string message, Exception? inner = null) => new(EngineFault.UnreadableImage, message, inner);

    public static EngineException TooLarge(string message) => new(EngineFault.ImageTooLarge, message);

    public static EngineException Damaged(ImageFormat format, string detail, Exception? inner = null) => Unreadable(
        $"This {format.Name()} file is damaged or cut short{(detail is "" ? "" : $" ({detail})")}. Export or upload it again.", inner);

    public static EngineException TimedOut(TimeSpan allowed) => new(EngineFault.Timeout, string.Create(CultureInfo.InvariantCulture,
        $"Decoding took longer than {allowed.TotalSeconds:0.###} s (Images:Deadline). "
        + $"Save the picture anew as a plain JPEG or PNG, or raise the limit."));

    public static string Megapixels(long pixels) => string.Create(CultureInfo.InvariantCulture, $"{pixels / 1e6:0.#} megapixels");

    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB");
}
