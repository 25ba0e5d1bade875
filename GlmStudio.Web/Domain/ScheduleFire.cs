namespace GlmStudio.Web.Domain;

/// <summary>One time a schedule was due, and what became of it.</summary>
public sealed class ScheduleFire
{
    public long Id { get; set; }
    public int ScheduleId { get; set; }
    public Schedule? Schedule { get; set; }
    public DateTime At { get; set; }
    public FireCause Cause { get; set; }
    public FireOutcome Outcome { get; set; }

    /// <summary>Why no batch was started (yet): English with a <c>{0}</c> place perhaps, the key of its translation.</summary>
    public string? Reason { get; set; }

    /// <summary>What stands in the place.</summary>
    public string? Detail { get; set; }

    public int? BatchId { get; set; }
    public Batch? Batch { get; set; }

    /// <summary>The end of its batch that was noted last, so that each end is told once.</summary>
    public BatchStatus? NotedEnd { get; set; }
}

/// <summary>Who asked.</summary>
public enum FireCause { Clock, Person, Folder }

/// <summary>A batch began; it begins when another has ended; a rule left it out; it could not be made.</summary>
public enum FireOutcome { Began, Waiting, Skipped, Refused }
