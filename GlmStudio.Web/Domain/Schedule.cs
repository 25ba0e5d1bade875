namespace GlmStudio.Web.Domain;

/// <summary>A batch that starts by the clock, or when files come into a folder. Quartz holds the trigger; this is what people see and edit.</summary>
public sealed class Schedule
{
    public int Id { get; set; }
    public required string Name { get; set; }

    /// <summary>Quartz cron expression with seconds: <c>0 0 2 * * ?</c>; empty where only the folder starts it.</summary>
    public required string Cron { get; set; }

    /// <summary>IANA time zone the expression is read in: <c>Asia/Shanghai</c>.</summary>
    public required string TimeZone { get; set; }

    public int DatasetId { get; set; }
    public Dataset? Dataset { get; set; }

    /// <summary>The template; each fire takes its newest version.</summary>
    public int TemplateId { get; set; }
    public Template? Template { get; set; }
    public required string Engine { get; set; }
    public int? LabelSetId { get; set; }
    public bool IsEnabled { get; set; } = true;
    public DateTime CreatedAt { get; set; }
    public DateTime? LastFiredAt { get; set; }

    /// <summary>Why the last fire made no batch, for people; null where it made one.</summary>
    public string? LastProblem { get; set; }

    /// <summary>What happens to times that passed while the program did not run.</summary>
    public MisfireRule Misfire { get; set; }

    /// <summary>What happens where a batch of this schedule is not finished when the next is due.</summary>
    public OverlapRule Overlap { get; set; }

    /// <summary>A fire takes only pictures that no earlier batch of this schedule had.</summary>
    public bool OnlyNewPictures { get; set; }

    /// <summary>Until when a batch should be done, on the wall clock of the zone; null where nobody waits for it.</summary>
    public TimeOnly? DoneBy { get; set; }

    /// <summary>Fires before this time (UTC) are skipped; null where it is not paused for a time.</summary>
    public DateTime? PausedUntil { get; set; }

    /// <summary>Why it is paused, in a person's words.</summary>
    public string? PauseReason { get; set; }

    /// <summary>Folder below <c>Schedules:WatchRoot</c> whose new files join the dataset and start a batch; null: none.</summary>
    public string? WatchFolder { get; set; }

    /// <summary>Language of its messages: <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Where messages about its batches go; null: nowhere.</summary>
    public MessageTarget? Message { get; set; }

    public bool HasClock => Cron.Length > 0;

    /// <summary>Whether a fire at this time is skipped because somebody paused the schedule.</summary>
    public bool IsPaused(DateTimeOffset now) => !IsEnabled || PausedUntil > now.UtcDateTime;
}

/// <summary>Fires that the program missed: made up for once, however many there were, or left out.</summary>
public enum MisfireRule { FireOnce, Skip }

/// <summary>A fire that finds an unfinished batch of its schedule: starts when that has ended, is left out, or cancels it.</summary>
public enum OverlapRule { Wait, Skip, CancelOlder }
