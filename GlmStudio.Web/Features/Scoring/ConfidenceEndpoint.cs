using GlmStudio.Web.Data;
using GlmStudio.Web.Domain.Confidence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Scoring;

/// <summary><c>GET /api/batches/12/confidence</c>: the figures of the confidence page. <c>POST …/calibration</c>: what its button does.</summary>
internal static class ConfidenceEndpoint
{
    public static void MapConfidence(this IEndpointRouteBuilder app)
    {
        var batch = app.MapGroup("/api/batches/{id:int}").WithTags("Scores");
        batch.MapGet("confidence", GetAsync)
            .WithSummary("How far a batch's confidences can be trusted, by its labels: AUROC, calibration error and threshold per field. perThousand=10 sets the promise.");
        batch.MapPost("calibration", PostAsync).WithSummary("Keeps the calibration that the labels give; the review uses it from then on.");
    }

    private static async Task<Results<Ok<ConfidenceAnswer>, ProblemHttpResult>> GetAsync(
        int id, int? labels, double? perThousand, BatchScores scores, ReadConfidence read, CancellationToken cancellation)
    {
        if (await FaultAsync(id, labels, perThousand, scores, cancellation) is { } fault) return fault;
        return TypedResults.Ok(ConfidenceAnswer.Of((await read.HandleAsync(id, labels, perThousand ?? RiskThreshold.DefaultRisk, cancellation))!));
    }

    private static async Task<Results<Ok<CalibrationAnswer>, ProblemHttpResult>> PostAsync(
        int id, CalibrationOrder order, BatchScores scores, CalibrateConfidence calibrate, CancellationToken cancellation)
    {
        if (await FaultAsync(id, order.Labels, order.PerThousand, scores, cancellation) is { } fault) return fault;
        var outcome = (await calibrate.HandleAsync(id, order.Labels, order.PerThousand ?? RiskThreshold.DefaultRisk, cancellation))!;
        return outcome.Calibration is { } made ? TypedResults.Ok(CalibrationAnswer.Of(made)) : TypedResults.Problem(outcome.Problem, statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<ProblemHttpResult?> FaultAsync(int id, int? labels, double? perThousand, BatchScores scores, CancellationToken cancellation)
    {
        if (perThousand is { } risk && !(risk is >= RiskThreshold.MinRisk and <= RiskThreshold.MaxRisk))
            return TypedResults.Problem($"perThousand is {risk}; it goes from {RiskThreshold.MinRisk} to {RiskThreshold.MaxRisk}.", statusCode: StatusCodes.Status400BadRequest);
        if (await scores.FindAsync(id, labels, cancellation) is not { } batch) return TypedResults.Problem($"There is no batch {id}.", statusCode: StatusCodes.Status404NotFound);
        return labels is { } wanted && batch.LabelSet is null ? TypedResults.Problem(
            $"The dataset of batch {id} has no label set {wanted}. It has: {string.Join(", ", batch.LabelSets.Select(s => $"{s.Id} ({s.Name})"))}.", statusCode: StatusCodes.Status404NotFound) : null;
    }
}

/// <param name="Labels">A label set of the dataset; null: the batch's own.</param>
/// <param name="PerThousand">Wrong values allowed among 1,000 passed ones; null: 10.</param>
internal sealed record CalibrationOrder(int? Labels, double? PerThousand);

/// <param name="WithoutScore">Labelled cells without evidence.</param>
/// <param name="StraightThrough">Share of labelled cells that pass.</param>
/// <param name="HumanSeconds">For the batch's cells that do not pass.</param>
internal sealed record ConfidenceAnswer(int Batch, double PerThousand, int Cells, int WithoutScore, double? Auroc, double? ExpectedCalibrationError, double? StraightThrough,
    double? HumanSeconds, double SecondsPerCell, bool SecondsPerCellMeasured, IReadOnlyList<ReliabilityBin> Bins, IReadOnlyDictionary<string, FieldConfidenceAnswer> Fields, CalibrationAnswer? InUse)
{
    public static ConfidenceAnswer Of(BatchConfidence found) => new(found.Batch.Batch.Id, found.Report.PerThousand, found.Judged.Cells.Count, found.Judged.WithoutScore,
        found.Report.All.Auroc, found.Report.All.ExpectedError, found.Report.Rate, found.HumanSeconds(found.Pace.Seconds), found.Pace.Seconds, found.Pace.Gaps > 0, found.Report.All.Bins,
        found.Report.Fields.ToDictionary(f => f.Field.Key, FieldConfidenceAnswer.Of), found.InUse is { } inUse ? CalibrationAnswer.Of(inUse) : null);
}

/// <param name="Method">How the curve was made; <c>LogisticByField</c>: the field's own, partly pooled with all fields.</param>
/// <param name="PooledCells">Cells of all fields that the curve was fitted to; null where the field's own sufficed.</param>
/// <param name="Threshold">The lowest calibrated confidence that passes; null where the labels support none.</param>
/// <param name="MoreLabelsNeeded">How many more labelled cells the promise needs at least; 0 where it holds.</param>
internal sealed record FieldConfidenceAnswer(int Cells, int Errors, double? Auroc, double? ExpectedCalibrationError, CalibrationMethod? Method, int? PooledCells, double? Threshold,
    double? StraightThrough, int MoreLabelsNeeded, IReadOnlyList<ReliabilityBin> Bins)
{
    public static FieldConfidenceAnswer Of(FieldConfidence f) => new(f.HeldOut.Cells, f.HeldOut.Errors, f.HeldOut.Auroc, f.HeldOut.ExpectedError, f.Calibrator?.Method,
        f.IsPooled ? f.FittedOn : null, f.PassingConfidence, f.Rate, f.Threshold.Missing, f.HeldOut.Bins);
}

internal sealed record CalibrationAnswer(int Id, string Engine, int? Batch, DateTime CreatedAt, int Cells, double PerThousand)
{
    public static CalibrationAnswer Of(Calibration c) => new(c.Id, c.Engine, c.BatchId, c.CreatedAt, c.Cells, c.PerThousand);
}
