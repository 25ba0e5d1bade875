using GlmStudio.Web.Data;
using GlmStudio.Web.Domain.Confidence;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Scoring;

/// <summary>Keeps what a batch's labels teach: from then on the review shows calibrated confidences for this template version on this engine.</summary>
public sealed class CalibrateConfidence(IDbContextFactory<StudioDbContext> databases, ReadConfidence read, ChangeFeed changes, TimeProvider time)
{
    /// <inheritdoc cref="ReadConfidence.HandleAsync"/>
    /// <returns>Null where there is no such batch.</returns>
    public async Task<CalibrateOutcome?> HandleAsync(int batchId, int? labelSetId, double perThousand, CancellationToken cancellation)
    {
        if (await read.HandleAsync(batchId, labelSetId, perThousand, cancellation) is not { } found) return null;
        if (!found.Report.CanCalibrate)
            return new CalibrateOutcome(null, "There are too few labelled cells: label or accept at least two pictures of different content, then calibrate again.");
        var calibration = ToCalibration(found);
        await using var db = databases.CreateDbContext();
        db.Add(calibration);
        await db.SaveChangesAsync(cancellation);
        changes.Raise("batch", batchId);
        return new CalibrateOutcome(calibration, null);
    }

    private Calibration ToCalibration(BatchConfidence found) => new()
    {
        TemplateVersionId = found.Batch.Batch.TemplateVersionId, Engine = found.Batch.Batch.Engine, BatchId = found.Batch.Batch.Id,
        CreatedAt = time.GetUtcNow().UtcDateTime, Cells = found.Judged.Cells.Count, PerThousand = found.Report.PerThousand,
        Fields = [.. found.Report.Fields.Where(f => f.Calibrator is not null).Select(f => new FieldCalibration
        {
            Key = f.Field.Key, Cells = f.FittedOn, IsPooled = f.IsPooled, PassingScore = f.Threshold.Score, Calibrator = f.Calibrator!.Copy(),
        })],
    };
}

/// <param name="Calibration">What was kept; null where <paramref name="Problem"/> says why not.</param>
public sealed record CalibrateOutcome(Calibration? Calibration, string? Problem);
