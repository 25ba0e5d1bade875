using GlmStudio.Engine;

namespace GlmStudio.Web.Domain;

/// <summary>What a batch is to be made of; the clock, the page and the command line order with the same words.</summary>
/// <param name="DatasetId">The pictures.</param>
/// <param name="TemplateVersionId">The version asked of every picture.</param>
/// <param name="Engine">Engine name or checkpoint folder.</param>
/// <param name="LabelSetId">The labels to score against, or null.</param>
/// <param name="Name">What people see in the list.</param>
/// <param name="ScheduleId">The schedule that fired, or null.</param>
/// <param name="Limit">Only the first so many pictures, or null for all.</param>
public sealed record BatchOrder(int DatasetId, int TemplateVersionId, string Engine, int? LabelSetId, string Name, int? ScheduleId, int? Limit)
{
    /// <summary>Whether the engine is given the page's printed text; null: as the template version says.</summary>
    public Grounding? Grounding { get; init; }

    /// <summary>How often each picture is asked.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Whether every row is asked of the engine, even where the same work has been answered before.</summary>
    public bool IsAnew { get; init; }

    /// <summary>Which of several waiting batches goes first.</summary>
    public BatchPriority Priority { get; init; } = BatchPriority.Normal;

    /// <summary>Only the pictures of this batch, whose corrections are taken over; null: all pictures of the dataset.</summary>
    public int? PreviousBatchId { get; init; }

    /// <summary>Only pictures that no batch of the schedule had; what a cancelled batch left out counts as new.</summary>
    public bool OnlyNewPictures { get; init; }
}

/// <summary>Makes a batch with its rows, queued, and returns its id. Batches registers it; Schedules calls it.</summary>
/// <exception cref="InvalidOperationException">The order cannot be filled; the message says why, for people.</exception>
public delegate Task<int> StartBatch(BatchOrder order, CancellationToken cancellation);

/// <summary>Cancels a batch that is not finished; what is answered stays. Batches registers it; Schedules calls it.</summary>
public delegate Task CancelBatch(int batchId, CancellationToken cancellation);
