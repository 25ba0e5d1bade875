using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Rerun;

/// <summary>Runs a batch again under another version: as a new batch where something else is asked, by its rules alone where nothing is.</summary>
public sealed class StartRerun(IDbContextFactory<StudioDbContext> databases, PreviewRerun preview, CreateBatch create, ApplyRules rules)
{
    /// <param name="batchId">The batch.</param>
    /// <param name="number">The version's number; null: the template's newest.</param>
    /// <param name="cancellation">Stops it; nothing is kept then.</param>
    public async Task<RerunStarted> HandleAsync(int batchId, int? number, CancellationToken cancellation)
    {
        var found = await preview.HandleAsync(batchId, number, cancellation);
        if (found.Problem is { } problem) return new RerunStarted(null, [problem]) { IsMissing = found.IsMissing };
        if (found.IsRulesOnly)
        {
            var applied = await rules.HandleAsync(batchId, found.ToVersion, cancellation);
            return applied.Problem is { } refusal ? new RerunStarted(null, [refusal]) : new RerunStarted(batchId, []) { Applied = applied };
        }
        await using var db = databases.CreateDbContext();
        var batch = await db.Batches.AsNoTracking().SingleAsync(b => b.Id == batchId, cancellation);
        var order = new BatchOrder(batch.DatasetId, found.VersionId, batch.Engine, batch.LabelSetId, "", null, null)
        {
            Grounding = batch.Grounding, Repeats = batch.Repeats, Priority = batch.Priority, PreviousBatchId = batchId,
        };
        var created = await create.HandleAsync(order, cancellation);
        return new RerunStarted(created.Id, created.Problems);
    }
}

/// <summary>The batch that has the new values, or why there is none.</summary>
/// <param name="BatchId">A new batch, or the same one where only rules were applied.</param>
/// <param name="Problems">Everything that stands against it.</param>
public sealed record RerunStarted(int? BatchId, IReadOnlyList<BatchProblem> Problems)
{
    /// <summary>What applying the rules came to, where nothing was asked.</summary>
    public RulesApplied? Applied { get; init; }

    /// <summary>Whether there is no such batch.</summary>
    public bool IsMissing { get; init; }
}
