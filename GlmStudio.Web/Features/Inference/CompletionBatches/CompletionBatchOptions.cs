using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary>Section <c>CompletionBatches</c>: files and batches of <c>/v1</c>.</summary>
public sealed class CompletionBatchOptions
{
    /// <summary>Most bytes of one file.</summary>
    [Range(1, long.MaxValue)] public long MaxFileBytes { get; set; } = 200L << 20;

    /// <summary>Most lines of one batch.</summary>
    [Range(1, 1_000_000)] public int MaxLines { get; set; } = 50_000;

    /// <summary>Bytes that all files together may have.</summary>
    [Range(1, long.MaxValue)] public long MaxTotalBytes { get; set; } = 20L << 30;

    /// <summary>Seconds after which a batch goes to another process where its own is not heard of. The same on all nodes.</summary>
    [Range(1, 3600)] public int HoldSeconds { get; set; } = 30;

    internal TimeSpan Hold => TimeSpan.FromSeconds(HoldSeconds);
}
