using GlmStudio.Engine;

namespace GlmStudio.Web.Domain;

/// <summary>One dataset run through one template version on one engine.</summary>
public sealed class Batch
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public int DatasetId { get; set; }
    public Dataset? Dataset { get; set; }
    public int TemplateVersionId { get; set; }
    public TemplateVersion? TemplateVersion { get; set; }

    /// <summary>Engine name or checkpoint folder as asked for.</summary>
    public required string Engine { get; set; }

    /// <summary>Whether the engine is given the page's printed text; null: as the template version says.</summary>
    public Grounding? Grounding { get; set; }

    /// <summary>The labels it is scored against; null where none were chosen.</summary>
    public int? LabelSetId { get; set; }
    public LabelSet? LabelSet { get; set; }

    public BatchStatus Status { get; set; }

    /// <summary>Which of several waiting batches of an engine goes first.</summary>
    public BatchPriority Priority { get; set; } = BatchPriority.Normal;

    /// <summary>How often each picture is asked, at least 1.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>True: every row is asked of the engine, even where the same work has been answered before.</summary>
    public bool IsAnew { get; set; }

    /// <summary>The batch that this one runs again under another template version; its corrections are taken over. Null for most.</summary>
    public int? PreviousBatchId { get; set; }

    /// <summary>Why it stopped before its end, or null.</summary>
    public string? Problem { get; set; }

    /// <summary>The process that alone may run it (the <c>run</c> verb); null: any server may.</summary>
    public string? Owner { get; set; }

    public int? ScheduleId { get; set; }
    public int RowCount { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>Seconds in which rows were being answered, pauses left out.</summary>
    public double ActiveSeconds { get; set; }

    /// <summary>Highest resident memory of the process while it ran.</summary>
    public long PeakMemoryBytes { get; set; }
}

public enum BatchStatus { Queued, Running, Paused, Cancelled, Finished, Failed }

/// <summary>Higher ones first, then the older ones.</summary>
public enum BatchPriority { Low, Normal, High }
