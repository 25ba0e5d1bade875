namespace GlmStudio.Web.Domain.Journal;

/// <summary>One line of the journal: what happened to a row. Written in the transaction that changes the row, and never changed.</summary>
public sealed class JournalEntry
{
    /// <summary>Longer notes are cut.</summary>
    public const int MaxNote = 1000;

    public long Id { get; set; }
    public long RowId { get; set; }
    public Row? Row { get; set; }

    /// <summary>The number of the claim under which it happened.</summary>
    public int Attempt { get; set; }

    public JournalEvent Event { get; set; }
    public DateTime At { get; set; }
    public double Seconds { get; set; }

    /// <summary>The fault, the batch an answer was taken from, or a replay's verdict.</summary>
    public string? Note { get; set; }

    /// <summary>The answer's tokens (<see cref="TokenTrail"/>), where the engine works with tokens.</summary>
    public byte[]? Tokens { get; set; }
}

/// <summary>What can happen to a row.</summary>
public enum JournalEvent
{
    /// <summary>The engine answered.</summary>
    Answered,
    /// <summary>An earlier row's answer was taken.</summary>
    Reused,
    /// <summary>It has no answer, and the note says why.</summary>
    Failed,
    /// <summary>It has no answer yet and waits to be tried again.</summary>
    TriedAgain,
    /// <summary>It was asked once more to compare, and stayed as it was.</summary>
    Replayed,
}
