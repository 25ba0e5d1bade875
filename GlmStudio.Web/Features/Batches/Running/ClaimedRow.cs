using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>A row that this process is answering.</summary>
/// <param name="Id">The row.</param>
/// <param name="BatchId">Its batch.</param>
/// <param name="Attempt">1, 2, 3 …: the claim's number.</param>
/// <param name="ContentHash">The picture in the image store.</param>
/// <param name="Page">Its page.</param>
public sealed record ClaimedRow(long Id, int BatchId, int Attempt, string ContentHash, int Page)
{
    /// <summary>The picture in its dataset.</summary>
    public long ImageItemId { get; init; }

    /// <summary>Which of several askings of the picture.</summary>
    public int Repeat { get; init; }

    /// <summary>The picture's quality notes; none where it was not measured yet.</summary>
    public IReadOnlyList<string> Quality { get; init; } = [];

    /// <summary>When it was claimed.</summary>
    public ClockMark Claimed { get; init; }

    internal static ClaimedRow Of(TakenRow taken, ClockMark claimed) => new(taken.Id, taken.BatchId, taken.Attempts, taken.ContentHash, taken.Page)
    {
        ImageItemId = taken.ImageItemId, Claimed = claimed, Repeat = taken.Repeat, Quality = taken.Notes is null ? [] : JsonSerializer.Deserialize<string[]>(taken.Notes) ?? [],
    };
}

/// <summary>What an engine said about a row, ready to save.</summary>
public sealed record RowAnswer(string Text, double Seconds, List<Cell> Cells)
{
    /// <summary>The answer's tokens; none from an engine without.</summary>
    public IReadOnlyList<ChosenToken> Tokens { get; init; } = [];

    /// <summary>What asking again on crops took.</summary>
    public ConfirmationCost Confirmations { get; init; }

    /// <summary>The row's identity, and the parts of its manifest that other rows share.</summary>
    public string? Identity { get; init; }
    public int? SharedManifestId { get; init; }

    /// <summary>The earlier row that it was taken from; null where the engine was asked.</summary>
    public AnswerSource? Source { get; init; }

    /// <summary>What people said of the same picture in the batch that this one runs again.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>What of it stands in the row itself.</summary>
    public Row ToRow(ClaimedRow row, DateTime now) => new()
    {
        Id = row.Id, Attempts = row.Attempt, Answer = Text, Seconds = Seconds, ConfirmedCells = Confirmations.Cells, ConfirmationSeconds = Confirmations.Seconds,
        AnsweredAt = now, Identity = Identity, SharedManifestId = SharedManifestId, ReusedFromRowId = Source?.RowId, ReusedFromBatchId = Source?.BatchId,
    };

    /// <summary>The line of the journal that goes with it.</summary>
    public JournalEntry ToEntry(ClaimedRow row, DateTime now) => new()
    {
        RowId = row.Id, Attempt = row.Attempt, Event = Source is null ? JournalEvent.Answered : JournalEvent.Reused, At = now, Seconds = Seconds,
        Tokens = Source is null ? TokenTrail.Of(Tokens)?.Write() : Source.Tokens,
    };
}

/// <summary>Where a reused answer stands.</summary>
/// <param name="RowId">The row that the engine answered.</param>
/// <param name="BatchId">Its batch.</param>
/// <param name="Tokens">Its stored tokens.</param>
public sealed record AnswerSource(long RowId, int BatchId, byte[]? Tokens);
