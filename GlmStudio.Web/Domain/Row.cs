using GlmStudio.Engine;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Domain;

/// <summary>One picture's answer in a batch. Its status is the spine of the product.</summary>
public sealed class Row
{
    public long Id { get; set; }
    public int BatchId { get; set; }
    public Batch? Batch { get; set; }

    /// <summary>Place in the batch: upload order of the picture at the time the batch was made, its repeats after each other.</summary>
    public int Ordinal { get; set; }

    /// <summary>0, 1, 2 …: which of several askings of the same picture.</summary>
    public int Repeat { get; set; }

    public long ImageItemId { get; set; }
    public ImageItem? ImageItem { get; set; }
    public RowStatus Status { get; set; }

    /// <summary>Why the row failed, for people: what was found and what to do.</summary>
    public string? Error { get; set; }

    /// <summary>The engine's text as it came.</summary>
    public string? Answer { get; set; }

    /// <summary>Seconds the engine took.</summary>
    public double Seconds { get; set; }

    /// <summary>Values that were asked for again on a crop.</summary>
    public int ConfirmedCells { get; set; }

    /// <summary>Seconds that took, beside <see cref="Seconds"/>.</summary>
    public double ConfirmationSeconds { get; set; }

    /// <summary>How often it was claimed. It only grows, so it is the fencing token of a claim: what an older claim brings is not saved.</summary>
    public int Attempts { get; set; }

    /// <summary>The node that answers it now (<see cref="Node.Id"/>); null while it is not being answered.</summary>
    public string? NodeId { get; set; }

    /// <summary>Until then, on the database's clock, the claim is that node's alone; it renews it as long as it lives.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>A row that is tried again waits until then; null: it waits for nothing.</summary>
    public DateTime? NotBefore { get; set; }

    /// <summary>Hash of the manifest under which it was answered; the same work has the same one. Null before, and for rows from before there was a journal.</summary>
    public string? Identity { get; set; }

    /// <summary>The parts of its manifest that it shares with other rows.</summary>
    public int? SharedManifestId { get; set; }
    public SharedManifest? SharedManifest { get; set; }

    /// <summary>The row, perhaps deleted since, whose answer this is; null where the engine was asked.</summary>
    public long? ReusedFromRowId { get; set; }

    /// <summary>Its batch.</summary>
    public int? ReusedFromBatchId { get; set; }

    public DateTime? AnsweredAt { get; set; }

    /// <summary>A reviewer's verdict, 1 … 5.</summary>
    public int? Rating { get; set; }

    public string Comment { get; set; } = "";
    public List<Cell> Cells { get; set; } = [];
}

/// <summary>Queued → Running → Answered → InReview → Accepted, or Failed. A cancelled batch leaves rows Cancelled.</summary>
public enum RowStatus { Queued, Running, Answered, InReview, Accepted, Failed, Cancelled }

/// <summary>One field's value in a row: what the engine said, and what a person made of it.</summary>
public sealed class Cell
{
    public long Id { get; set; }
    public long RowId { get; set; }
    public Row? Row { get; set; }
    public required string FieldKey { get; set; }

    /// <summary>The engine's value after the field's rules; null where the page does not show one.</summary>
    public string? Value { get; set; }

    /// <summary>True where a rule made <see cref="Value"/> out of <see cref="Raw"/>.</summary>
    public bool IsRuled { get; set; }

    /// <summary>The engine's value before a rule changed it.</summary>
    public string? Raw { get; set; }

    /// <summary>Why the value wants a person's look: the template author's message, or a key of the translations; null where all is well.</summary>
    public string? Problem { get; set; }

    /// <summary>True once a person has set <see cref="CorrectedValue"/>.</summary>
    public bool IsCorrected { get; set; }
    public string? CorrectedValue { get; set; }

    /// <summary>The raw score, 0 … 1 without its ends, not calibrated (docs/confidence.md); null where there is no evidence.</summary>
    public double? Score { get; set; }

    /// <summary>What the score was made from; null for rows answered before evidence was kept.</summary>
    public CellEvidence? Evidence { get; set; }

    /// <summary>Where the value stands on the page; null where not known.</summary>
    public PageBox? Box { get; set; }

    /// <summary>What counts: the person's value where there is one.</summary>
    public string? Final => IsCorrected ? CorrectedValue : Value;

    /// <summary>What the engine read, whatever became of it.</summary>
    public string? Read => IsRuled ? Raw : Value;

    /// <summary>The problem while it stands: what a person has said is not questioned.</summary>
    public string? OpenProblem => IsCorrected ? null : Problem;

    /// <summary>Takes over what the rules made of the reading; what a person said stays.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Take(RuledValue ruled)
    {
        var before = (Value, IsRuled, Raw, Problem);
        (Value, IsRuled, Raw, Problem) = (ruled.Value, ruled.IsChanged, ruled.IsChanged ? ruled.Read : null, ruled.Problem);
        return before != (Value, IsRuled, Raw, Problem);
    }
}

/// <summary>One edit of a cell, kept so that it can be undone and counted.</summary>
public sealed class Correction
{
    public long Id { get; set; }
    public long CellId { get; set; }
    public Cell? Cell { get; set; }

    /// <summary>State before the edit.</summary>
    public string? Before { get; set; }
    public bool WasCorrected { get; set; }

    /// <summary>The new value; null says "not on the page".</summary>
    public string? After { get; set; }

    public DateTime At { get; set; }
    public DateTime? UndoneAt { get; set; }
}
