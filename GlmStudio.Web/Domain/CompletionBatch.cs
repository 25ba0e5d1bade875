namespace GlmStudio.Web.Domain;

/// <summary>A file of chat completions that are answered in the background, in OpenAI's form; programs know it as a batch.</summary>
public sealed class CompletionBatch
{
    /// <summary><c>batch_</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; set; }

    public required string InputFileId { get; set; }
    public required string Endpoint { get; set; }
    public required string Window { get; set; }
    public CompletionBatchStatus Status { get; set; }

    /// <summary>What the client wrote to it, for itself.</summary>
    public Dictionary<string, string> Metadata { get; set; } = [];

    /// <summary>The client's key of the call that made it: the same call again gives this batch again.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The engine that all lines ask; null before the input was read.</summary>
    public string? Model { get; set; }

    public string? OutputFileId { get; set; }
    public string? ErrorFileId { get; set; }

    /// <summary>What is wrong with the input, or with the batch as a whole.</summary>
    public List<InputFault> Faults { get; set; } = [];

    public int Total { get; set; }
    public int Completed { get; set; }
    public int Failed { get; set; }

    /// <summary>The process that works on it, and until when it may be taken for alive.</summary>
    public string? Owner { get; set; }
    public DateTime? OwnedUntil { get; set; }

    public DateTime CreatedAt { get; set; }
    public DateTime ExpiresAt { get; set; }
    public DateTime? InProgressAt { get; set; }
    public DateTime? FinalizingAt { get; set; }
    public DateTime? CancellingAt { get; set; }

    /// <summary>When it came to its last status.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Whether no line is asked any more. What is answered by then is still written down, however long that takes.</summary>
    public bool HasExpired(DateTimeOffset now) => now.UtcDateTime > ExpiresAt && Status is CompletionBatchStatus.Validating or CompletionBatchStatus.InProgress;

    public bool HasEnded => Status is CompletionBatchStatus.Completed or CompletionBatchStatus.Failed or CompletionBatchStatus.Cancelled or CompletionBatchStatus.Expired;
}

/// <summary>OpenAI's words.</summary>
public enum CompletionBatchStatus { Validating, InProgress, Finalizing, Completed, Failed, Cancelling, Cancelled, Expired }

/// <summary>One fault of an input file.</summary>
/// <param name="Line">From 1; null where it is not a line's fault.</param>
/// <param name="Code">For programs.</param>
/// <param name="Message">What was found and what to do.</param>
/// <param name="Param">The field, where it is one.</param>
public sealed record InputFault(int? Line, string Code, string Message, string? Param = null);

/// <summary>One question of a <see cref="CompletionBatch"/>.</summary>
public sealed class CompletionLine
{
    public long Id { get; set; }
    public required string BatchId { get; set; }
    public CompletionBatch? Batch { get; set; }

    /// <summary>From 1, as in the input file.</summary>
    public int Number { get; set; }

    /// <summary>The client's name for it.</summary>
    public required string CustomId { get; set; }

    /// <summary>Where the line's bytes are in the input file.</summary>
    public long Offset { get; set; }
    public int Length { get; set; }

    public CompletionLineStatus Status { get; set; }
    public int? StatusCode { get; set; }

    /// <summary>The answer or the error, as JSON; null once it stands in the output files.</summary>
    public string? Response { get; set; }
}

public enum CompletionLineStatus { Waiting, Answered, Failed }
