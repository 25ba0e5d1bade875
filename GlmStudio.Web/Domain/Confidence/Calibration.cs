namespace GlmStudio.Web.Domain.Confidence;

/// <summary>What one batch's labels taught about the raw scores of a template version on an engine. Never changed; the newest one counts.</summary>
public sealed class Calibration
{
    public int Id { get; set; }
    public int TemplateVersionId { get; set; }
    public TemplateVersion? TemplateVersion { get; set; }

    /// <summary>Name of the engine whose scores it is for, as the batch names it.</summary>
    public required string Engine { get; set; }

    /// <summary>Where the labelled cells came from; null once that batch was deleted.</summary>
    public int? BatchId { get; set; }
    public Batch? Batch { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>Labelled cells of all fields together.</summary>
    public int Cells { get; set; }

    /// <summary>The promise behind the thresholds: wrong values allowed among 1,000 passed ones.</summary>
    public double PerThousand { get; set; }

    public List<FieldCalibration> Fields { get; set; } = [];

    public FieldCalibration? Of(string key) => Fields.Find(f => f.Key == key);
}

/// <summary>One field's share of a <see cref="Calibration"/>.</summary>
public sealed class FieldCalibration
{
    public required string Key { get; set; }

    /// <summary>Labelled cells the curve was fitted to: the field's own, or those of all fields.</summary>
    public int Cells { get; set; }

    /// <summary>Whether the cells of all fields were taken together, because the field alone had too few.</summary>
    public bool IsPooled { get; set; }

    public required Calibrator Calibrator { get; set; }

    /// <summary>The lowest raw score that passes without a look; null where the labels support none.</summary>
    public double? PassingScore { get; set; }

    /// <summary>The calibrated confidence of a raw score.</summary>
    public double Confidence(double score) => Calibrator.Apply(score);

    /// <summary>Whether a cell may pass without a person's look.</summary>
    public bool Passes(double? score) => score is { } known && PassingScore is { } least && known >= least;
}
