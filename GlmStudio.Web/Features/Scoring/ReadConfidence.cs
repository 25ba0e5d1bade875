using GlmStudio.Web.Data;
using GlmStudio.Web.Domain.Confidence;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Scoring;

/// <summary>What a batch's labels say about its confidences, worked out anew each time.</summary>
public sealed class ReadConfidence(IDbContextFactory<StudioDbContext> databases, BatchScores scores, Calibrations calibrations)
{
    /// <summary>Null where there is no such batch.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="labelSetId">Another label set of the dataset; null: the batch's own.</param>
    /// <param name="perThousand">Wrong values allowed among 1,000 passed ones; brought within the limits.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<BatchConfidence?> HandleAsync(int batchId, int? labelSetId, double perThousand, CancellationToken cancellation)
    {
        if (await scores.FindAsync(batchId, labelSetId, cancellation) is not { } batch) return null;
        var judged = await calibrations.JudgedAsync(batch, cancellation);
        var risk = Math.Clamp(perThousand, RiskThreshold.MinRisk, RiskThreshold.MaxRisk);
        // Away from the page's thread: thousands of cells take a moment.
        var report = await Task.Run(() => CalibrationFit.Report(batch.ReadFields, judged.Cells, risk), cancellation);
        await using var db = databases.CreateDbContext();
        return new BatchConfidence(batch, report, judged, await calibrations.FindAsync(batch.Batch.TemplateVersionId, batch.Batch.Engine, cancellation),
            await ReviewPace.ReadAsync(db, batchId, cancellation));
    }
}

/// <param name="InUse">The calibration that the review uses now; null: none was made.</param>
public sealed record BatchConfidence(ScoredBatch Batch, ConfidenceReport Report, JudgedCells Judged, Calibration? InUse, ReviewPace Pace)
{
    /// <summary>Seconds a person needs for the cells of this batch that do not pass; null where no labels say how many those are.</summary>
    public double? HumanSeconds(double secondsPerCell) => Report.Rate is { } rate ? (1 - rate) * Judged.Answered * secondsPerCell : null;
}
