using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Section <c>Batches</c>: limits of one row and of those who answer it.</summary>
public sealed class BatchOptions
{
    /// <summary>A picture without an answer after this many seconds is a failed row.</summary>
    [Range(1, 86_400)] public int RowSeconds { get; set; } = 600;

    /// <summary>How often a row is tried when memory or time ran out; other faults are final at once.</summary>
    [Range(1, 10)] public int Attempts { get; set; } = 2;

    /// <summary>How long a row waits after its first attempt; twice as long after each further one.</summary>
    [Range(0, 3600)] public double BackoffSeconds { get; set; } = 1;

    /// <summary>No row waits longer than this.</summary>
    [Range(0, 86_400)] public double MaxBackoffSeconds { get; set; } = 60;

    /// <summary>A batch is paused when more than this share of its rows failed; 100 never pauses.</summary>
    [Range(1, 100)] public int MaxFailedPercent { get; set; } = 50;

    /// <summary>So many rows must be done before their failures count.</summary>
    [Range(1, 1_000_000)] public int FailuresCountFrom { get; set; } = 20;

    /// <summary>A node that is not heard of for so long loses the rows that it is answering to the others. It renews them every third of this.</summary>
    [Range(2, 3600)] public int LeaseSeconds { get; set; } = 60;

    /// <summary>A server that is told to stop finishes the rows it has for so long; then they go back to the queue.</summary>
    [Range(0, 3600)] public int DrainSeconds { get; set; } = 30;

    /// <summary>While the database is away, what was answered waits for it so long.</summary>
    [Range(0, 86_400)] public int DatabaseWaitSeconds { get; set; } = 600;

    /// <summary>No batch starts with less free space on the disk of the data folder.</summary>
    [Range(0, 1_000_000)] public int LeastFreeMegabytes { get; set; } = 200;

    /// <summary>Most tokens of one answer.</summary>
    [Range(16, 32_768)] public int MaxTokens { get; set; } = 2048;
}
