using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Section <c>Batches</c>: limits of one row.</summary>
public sealed class BatchOptions
{
    /// <summary>A picture without an answer after this many seconds is a failed row.</summary>
    [Range(1, 86_400)] public int RowSeconds { get; set; } = 600;

    /// <summary>How often a row is tried when memory or time ran out; other faults are final at once.</summary>
    [Range(1, 10)] public int Attempts { get; set; } = 2;

    /// <summary>Most tokens of one answer.</summary>
    [Range(16, 32_768)] public int MaxTokens { get; set; } = 2048;
}
