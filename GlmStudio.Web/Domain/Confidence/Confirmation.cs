namespace GlmStudio.Web.Domain.Confidence;

/// <summary>What the same engine said when it was asked for the value again, on a crop of its box alone.</summary>
public sealed class Confirmation
{
    /// <summary>The value it read there; null where it found none.</summary>
    public string? Value { get; set; }

    /// <summary>Whether it is the same under the field's normalisation.</summary>
    public bool Agrees { get; set; }
}
