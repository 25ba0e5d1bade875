using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Review;

/// <summary>What reviewers do, for programs. Every change is a PUT or a DELETE with a JSON answer; the last one wins.</summary>
internal static class ReviewEndpoints
{
    public static void MapReviewSteps(this IEndpointRouteBuilder app)
    {
        var rows = app.MapGroup("/api/rows/{id:long}").WithTags("Review");
        rows.MapPut("cells/{key}", async (long id, string key, CellValue body, EditCell edit, CancellationToken cancellation) =>
                Answer(await edit.HandleAsync(id, key, body.Value, cancellation)))
            .WithSummary("Sets a cell to what a person says; null: the value is not on the page.");
        rows.MapPut("status", async (long id, RowVerdict body, AcceptRow accept, CancellationToken cancellation) =>
                Answer(body.Accepted ? await accept.HandleAsync(id, cancellation) : await accept.ReopenAsync(id, cancellation)))
            .WithSummary("Accepts a row, or opens it again.");
        rows.MapPut("rating", async (long id, RowRating body, RateRow rate, CancellationToken cancellation) =>
                Answer(await rate.HandleAsync(id, body.Rating, body.Comment, cancellation)))
            .WithSummary("Rates a row from 1 to 5, with a comment.");
        rows.MapDelete("corrections/latest", async (long id, UndoCorrection undo, CancellationToken cancellation) =>
                Answer(await undo.LatestAsync(id, cancellation)))
            .WithSummary("Takes back the newest edit of a row.");
        app.MapDelete("/api/corrections/{id:long}", async (long id, UndoCorrection undo, CancellationToken cancellation) =>
                Answer(await undo.HandleAsync(id, cancellation)))
            .WithTags("Review").WithSummary("Takes back one edit.");
    }

    private static Results<Ok<StepAnswer>, ProblemHttpResult> Answer(ReviewOutcome outcome) => outcome.Result switch
    {
        ReviewResult.NotFound => TypedResults.Problem(outcome.Message, statusCode: StatusCodes.Status404NotFound),
        ReviewResult.Refused => TypedResults.Problem(outcome.Message, statusCode: StatusCodes.Status409Conflict),
        _ => TypedResults.Ok(new StepAnswer(outcome.Result == ReviewResult.Done, outcome.CorrectionId)),
    };
}

internal sealed record CellValue(string? Value);

internal sealed record RowVerdict(bool Accepted);

internal sealed record RowRating(int? Rating, string? Comment);

/// <param name="Changed">False where everything was so already.</param>
/// <param name="Correction">The edit's id, for taking it back.</param>
internal sealed record StepAnswer(bool Changed, long? Correction);
