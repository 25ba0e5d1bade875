using System.Text.Json.Serialization;
using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary>A file as OpenAI's clients read it.</summary>
public sealed record FileShape(string Id, long Bytes, [property: JsonPropertyName("created_at")] long CreatedAt, string Filename, string Purpose)
{
    public string Object => "file";
    public string Status => "processed";

    public static FileShape Of(ApiFile file) => new(file.Id, file.ByteCount, Unix.Of(file.CreatedAt), file.Name, file.Purpose);
}

/// <summary>One page of a list.</summary>
public sealed record ListShape<T>(IReadOnlyList<T> Data, [property: JsonPropertyName("has_more")] bool HasMore,
    [property: JsonPropertyName("first_id")] string? FirstId, [property: JsonPropertyName("last_id")] string? LastId)
{
    public string Object => "list";
}

/// <summary>Answer of a deletion.</summary>
public sealed record DeletedShape(string Id, bool Deleted = true)
{
    public string Object => "file";
}

/// <summary>Body of <c>POST /v1/batches</c>.</summary>
public sealed record NewBatchShape
{
    [JsonPropertyName("input_file_id")] public string? InputFileId { get; init; }
    public string? Endpoint { get; init; }
    [JsonPropertyName("completion_window")] public string? CompletionWindow { get; init; }
    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>A batch as OpenAI's clients read it. Times are seconds since 1970, UTC.</summary>
public sealed record BatchShape
{
    public required string Id { get; init; }
    public string Object => "batch";
    public required string Endpoint { get; init; }
    public string? Model { get; init; }
    public FaultsShape? Errors { get; init; }
    [JsonPropertyName("input_file_id")] public required string InputFileId { get; init; }
    [JsonPropertyName("completion_window")] public required string CompletionWindow { get; init; }
    public required string Status { get; init; }
    [JsonPropertyName("output_file_id")] public string? OutputFileId { get; init; }
    [JsonPropertyName("error_file_id")] public string? ErrorFileId { get; init; }
    [JsonPropertyName("created_at")] public long CreatedAt { get; init; }
    [JsonPropertyName("in_progress_at")] public long? InProgressAt { get; init; }
    [JsonPropertyName("expires_at")] public long ExpiresAt { get; init; }
    [JsonPropertyName("finalizing_at")] public long? FinalizingAt { get; init; }
    [JsonPropertyName("completed_at")] public long? CompletedAt { get; init; }
    [JsonPropertyName("failed_at")] public long? FailedAt { get; init; }
    [JsonPropertyName("expired_at")] public long? ExpiredAt { get; init; }
    [JsonPropertyName("cancelling_at")] public long? CancellingAt { get; init; }
    [JsonPropertyName("cancelled_at")] public long? CancelledAt { get; init; }
    [JsonPropertyName("request_counts")] public required CountsShape RequestCounts { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public static BatchShape Of(CompletionBatch batch)
    {
        long? Ended(CompletionBatchStatus status) => batch.Status == status ? Unix.Of(batch.EndedAt) : null;
        return new BatchShape
        {
            Id = batch.Id, Endpoint = batch.Endpoint, Model = batch.Model, InputFileId = batch.InputFileId, CompletionWindow = batch.Window, Status = Word(batch.Status),
            Errors = batch.Faults.Count == 0 ? null : new FaultsShape(batch.Faults), OutputFileId = batch.OutputFileId, ErrorFileId = batch.ErrorFileId,
            CreatedAt = Unix.Of(batch.CreatedAt), ExpiresAt = Unix.Of(batch.ExpiresAt), InProgressAt = Unix.Of(batch.InProgressAt), FinalizingAt = Unix.Of(batch.FinalizingAt),
            CompletedAt = Ended(CompletionBatchStatus.Completed), FailedAt = Ended(CompletionBatchStatus.Failed), ExpiredAt = Ended(CompletionBatchStatus.Expired),
            CancelledAt = Ended(CompletionBatchStatus.Cancelled), CancellingAt = Unix.Of(batch.CancellingAt),
            RequestCounts = new CountsShape(batch.Total, batch.Completed, batch.Failed), Metadata = batch.Metadata,
        };
    }

    internal static string Word(CompletionBatchStatus status) => status == CompletionBatchStatus.InProgress ? "in_progress" : status.ToString().ToLowerInvariant();
}

/// <summary>How many lines there are, were answered and failed.</summary>
public sealed record CountsShape(int Total, int Completed, int Failed);

/// <summary>All faults of the input.</summary>
public sealed record FaultsShape(IReadOnlyList<InputFault> Data)
{
    public string Object => "list";
}

internal static class Unix
{
    public static long Of(DateTime time) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeSeconds();

    public static long? Of(DateTime? time) => time is { } some ? Of(some) : null;
}
