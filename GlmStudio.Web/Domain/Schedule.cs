namespace GlmStudio.Web.Domain;

/// <summary>A batch that starts by the clock. Quartz holds the trigger; this is what people see and edit.</summary>
public sealed class Schedule
{
    public int Id { get; set; }
    public required string Name { get; set; }

    /// <summary>Quartz cron expression with seconds: <c>0 0 2 * * ?</c>.</summary>
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
}
