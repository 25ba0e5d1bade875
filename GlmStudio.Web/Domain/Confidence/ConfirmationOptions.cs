using System.ComponentModel.DataAnnotations;
using GlmStudio.Engine;

namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Section <c>Confirmation</c>: which values are asked for again on a crop of the picture, where a template's version wants it.</summary>
public sealed class ConfirmationOptions : IValidatableObject
{
    /// <summary>Values with a raw score in this band, bounds included, are asked for again: those below it want a person whatever a crop says, those above it none.</summary>
    [Range(0.0, 1.0)] public double From { get; set; } = 0.1;

    /// <inheritdoc cref="From"/>
    [Range(0.0, 1.0)] public double To { get; set; } = 0.9;

    /// <summary>Most crops of one picture; the least certain values come first.</summary>
    [Range(1, 60)] public int CellsARow { get; set; } = 4;

    /// <summary>What is shown around a text's box on each side, as a share of the picture's width.</summary>
    [Range(0.0, 1.0)] public double Margin { get; set; } = 0.05;

    /// <summary>The same for numbers, amounts and dates: short values, known by the words beside them, which the crop must show.</summary>
    [Range(0.0, 1.0)] public double WideMargin { get; set; } = 0.4;

    /// <summary>What is shown around the box of a value of this type.</summary>
    public double MarginOf(FieldType type) => type is FieldType.Number or FieldType.Money or FieldType.Date ? WideMargin : Margin;

    /// <summary>Whether a raw score is in the band.</summary>
    public bool IsUncertain(double? score) => score >= From && score <= To;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        From <= To ? [] : [new ValidationResult($"From is {From} and To is {To}; From must not be above To.", [nameof(From), nameof(To)])];
}
