namespace GlmStudio.Web.Domain.Confidence;

/// <summary>A cell of which a person has said whether the engine's value is right.</summary>
/// <param name="Field">The field's key.</param>
/// <param name="Picture">The picture's content hash: all cells of a picture are in one fold.</param>
/// <param name="Score">The raw score, 0 … 1.</param>
/// <param name="IsRight">What the label, the correction or the acceptance says.</param>
public sealed record JudgedCell(string Field, string Picture, double Score, bool IsRight);
