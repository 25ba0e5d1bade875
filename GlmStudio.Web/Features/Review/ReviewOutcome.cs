namespace GlmStudio.Web.Features.Review;

/// <summary>What a reviewer's step came to.</summary>
/// <param name="Result">The kind, for programs.</param>
/// <param name="Message">What stood in the way and what to do, for people; empty where nothing did.</param>
/// <param name="CorrectionId">The correction that was recorded, for undoing it.</param>
public sealed record ReviewOutcome(ReviewResult Result, string Message = "", long? CorrectionId = null)
{
    public static ReviewOutcome Done { get; } = new(ReviewResult.Done);
    public static ReviewOutcome Unchanged { get; } = new(ReviewResult.Unchanged);
    public static ReviewOutcome NoRow { get; } = new(ReviewResult.NotFound, "There is no such row; its batch may have been deleted.");

    public static ReviewOutcome Refused(string message) => new(ReviewResult.Refused, message);
}

public enum ReviewResult { Done, Unchanged, NotFound, Refused }
