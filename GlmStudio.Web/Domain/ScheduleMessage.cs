namespace GlmStudio.Web.Domain;

/// <summary>A text on its way to a schedule's <see cref="MessageTarget"/>. It stays until it has arrived whole, through restarts.</summary>
public sealed class ScheduleMessage
{
    public long Id { get; set; }
    public int ScheduleId { get; set; }
    public Schedule? Schedule { get; set; }

    /// <summary>The whole text; long ones are sent in parts.</summary>
    public required string Text { get; set; }

    /// <summary>What programs read of it: JSON.</summary>
    public required string Facts { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>Parts that have arrived.</summary>
    public int PartsSent { get; set; }

    public int Attempts { get; set; }

    /// <summary>When it is tried next; null where it has arrived or was given up.</summary>
    public DateTime? DueAt { get; set; }

    public DateTime? SentAt { get; set; }

    /// <summary>Why the last attempt failed; null where it did not.</summary>
    public string? Problem { get; set; }
}
