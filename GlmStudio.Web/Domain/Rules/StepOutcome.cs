namespace GlmStudio.Web.Domain.Rules;

/// <summary>What a step made of a value.</summary>
/// <param name="Value">The value after it; null: none.</param>
/// <param name="Problem">Why it failed, as a key of the translations; null where it did not.</param>
internal readonly record struct StepOutcome(string? Value, string? Problem = null);
