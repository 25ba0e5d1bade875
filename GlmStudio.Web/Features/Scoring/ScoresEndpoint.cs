using GlmStudio.Web.Data;
using GlmStudio.Web.Domain.Scores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Scoring;

/// <summary><c>GET /api/batches/12/scores</c>: the figures of the scores page.</summary>
internal static class ScoresEndpoint
{
    public static void MapScores(this IEndpointRouteBuilder app) => app.MapGet("/api/batches/{id:int}/scores", GetAsync)
        .WithSummary("A batch against its labels: exact, similarity, missing, extra and wrong, per field and overall. labels=ID takes another label set of the dataset.")
        .WithTags("Scores");

    private static async Task<Results<Ok<ScoresAnswer>, ProblemHttpResult>> GetAsync(
        int id, int? labels, BatchScores scores, CancellationToken cancellation)
    {
        if (await scores.FindAsync(id, labels, cancellation) is not { } batch)
            return TypedResults.Problem($"There is no batch {id}.", statusCode: StatusCodes.Status404NotFound);
        if (labels is { } wanted && batch.LabelSet is null)
            return TypedResults.Problem($"The dataset of batch {id} has no label set {wanted}. It has: {string.Join(", ", batch.LabelSets.Select(s => $"{s.Id} ({s.Name})"))}.",
                statusCode: StatusCodes.Status404NotFound);
        return TypedResults.Ok(ScoresAnswer.Of(id, batch, (await scores.ReadAsync(id, labels, cancellation))!));
    }
}

/// <param name="Labels">Id of the label set compared with; null: none, nothing is scored.</param>
internal sealed record ScoresAnswer(
    int Batch, int? Labels, int LabelledRows, int PendingRows, int FailedRows, SideAnswer Engine, SideAnswer Corrected)
{
    public static ScoresAnswer Of(int id, ScoredBatch batch, BatchScore score) => new(id, batch.LabelSet?.Id,
        score.LabelledRows, score.PendingRows, score.FailedRows, SideAnswer.Of(score.Engine), SideAnswer.Of(score.Corrected));
}

internal sealed record SideAnswer(ScoreCounts Overall, int ExactRows, IReadOnlyDictionary<string, FieldAnswer> Fields)
{
    public static SideAnswer Of(SideScore side) => new(side.Overall, side.ExactRows,
        side.Fields.ToDictionary(f => f.Field.Key, f => new FieldAnswer(f.Counts, f.Confusions)));
}

internal sealed record FieldAnswer(ScoreCounts Counts, IReadOnlyList<Confusion> Confusions);
