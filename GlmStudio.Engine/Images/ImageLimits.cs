using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Engine.Images;

/// <summary>Section <c>Images</c>: what a file from outside may cost. Exceeding one is an <see cref="EngineException"/>, not a
/// crash.</summary>
public sealed record ImageLimits
{
    /// <summary>Largest file in bytes; 64 MiB covers a 300 dpi colour scan of many pages.</summary>
    [Range(1024, 1 << 30)] public int MaxBytes { get; init; } = 64 << 20;

    /// <summary>Largest width or height in pixels.</summary>
    [Range(16, 65_535)] public int MaxSide { get; init; } = 32_768;

    /// <summary>Most pixels of one page: an A3 page at 600 dpi is 70 million, each costs three bytes.</summary>
    [Range(256, 500_000_000)] public int MaxPixels { get; init; } = 100_000_000;

    /// <summary>Most scans of a JPEG. Cameras write 1, programs about 10; each one costs a pass over all pixels that nothing can
    /// interrupt.</summary>
    [Range(4, 1000)] public int MaxProgressiveScans { get; init; } = 32;

    /// <summary>Most pages of a PDF or frames of a TIFF.</summary>
    [Range(1, 10_000)] public int MaxPages { get; init; } = 1_000;

    /// <summary>Longest time to decode one page, waiting for memory not counted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")] public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Resolution PDF pages are rendered at, in dots per inch; small print needs about 200.</summary>
    [Range(36, 600)] public int RenderDpi { get; init; } = 200;

    /// <summary>Longest side of a rendered PDF page in pixels; larger paper is rendered at a lower resolution instead of refused.</summary>
    [Range(256, 16_384)] public int RenderMaxSide { get; init; } = 5_000;

    /// <summary>Memory in bytes that all decodes together may hold at one time; further ones wait.</summary>
    [Range(64L << 20, 1L << 40)] public long DecodeMemory { get; init; } = 1L << 30;
}
