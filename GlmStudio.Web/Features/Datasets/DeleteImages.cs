using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Deletes a dataset or some of its pictures, with everything that hangs on them, and the bytes nothing refers to any more.</summary>
public sealed class DeleteImages(IDbContextFactory<StudioDbContext> databases, AddImages add, ChangeFeed changes)
{
    private const int AtATime = 500;

    /// <summary>What would go with a whole dataset.</summary>
    public async Task<DeletionPlan> PlanDatasetAsync(int datasetId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var rows = db.Rows.Where(r => r.Batch!.DatasetId == datasetId);
        return new DeletionPlan(await db.Images.CountAsync(i => i.DatasetId == datasetId, cancellation),
            await db.LabelSets.CountAsync(s => s.DatasetId == datasetId, cancellation), await db.Batches.CountAsync(b => b.DatasetId == datasetId, cancellation),
            await rows.CountAsync(r => r.Answer != null, cancellation), await RunningAsync(db, datasetId, cancellation));
    }

    /// <summary>What would go with some pictures.</summary>
    public async Task<DeletionPlan> PlanImagesAsync(int datasetId, IReadOnlyCollection<long> images, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var (batches, answers) = (new HashSet<int>(), 0);
        foreach (var chunk in images.Chunk(AtATime))
        {
            var rows = db.Rows.Where(r => chunk.Contains(r.ImageItemId));
            batches.UnionWith(await rows.Select(r => r.BatchId).Distinct().ToListAsync(cancellation));
            answers += await rows.CountAsync(r => r.Answer != null, cancellation);
        }
        return new DeletionPlan(images.Count, 0, batches.Count, answers, await RunningAsync(db, datasetId, cancellation));
    }

    /// <summary>Deletes a dataset; says why not, or null.</summary>
    public async Task<string?> DeleteDatasetAsync(int datasetId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        if (await RunningAsync(db, datasetId, cancellation)) return StillRunning;
        var hashes = await db.Images.Where(i => i.DatasetId == datasetId).Select(i => i.ContentHash).Distinct().ToListAsync(cancellation);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.Batches.Where(b => b.DatasetId == datasetId).ExecuteDeleteAsync(cancellation);
            await db.Datasets.Where(d => d.Id == datasetId).ExecuteDeleteAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await add.DiscardAsync(hashes, CancellationToken.None);
        changes.Raise("dataset", datasetId);
        return null;
    }

    /// <summary>Deletes pictures of a dataset; says why not, or null.</summary>
    public async Task<string?> HandleAsync(int datasetId, IReadOnlyCollection<long> images, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        if (await RunningAsync(db, datasetId, cancellation)) return StillRunning;
        var hashes = new List<string>();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            foreach (var chunk in images.Chunk(AtATime))
            {
                var chosen = db.Images.Where(i => i.DatasetId == datasetId && chunk.Contains(i.Id));
                var gone = await chosen.Select(i => i.ContentHash).Distinct().ToListAsync(cancellation);
                await chosen.ExecuteDeleteAsync(cancellation);
                hashes.AddRange(gone);
            }
            // A copy's path leads nowhere once the picture is gone; sent again, it is a picture of its own.
            await db.DuplicateFiles.Where(c => c.DatasetId == datasetId && !db.Images.Any(i => i.DatasetId == datasetId && i.ContentHash == c.ContentHash))
                .ExecuteDeleteAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await add.DiscardAsync(hashes, CancellationToken.None);
        changes.Raise("dataset", datasetId);
        return null;
    }

    private const string StillRunning = "A batch is running on this dataset. Cancel it first.";

    private static Task<bool> RunningAsync(StudioDbContext db, int datasetId, CancellationToken cancellation) =>
        db.Batches.AnyAsync(b => b.DatasetId == datasetId && (b.Status == BatchStatus.Running || b.Status == BatchStatus.Queued), cancellation);
}

/// <summary>What a deletion takes with it.</summary>
/// <param name="Pictures">Pictures.</param>
/// <param name="LabelSets">Label sets.</param>
/// <param name="Batches">Batches that go, or that lose rows.</param>
/// <param name="Answers">Answered rows.</param>
/// <param name="IsRunning">A batch is running: nothing may be deleted now.</param>
public sealed record DeletionPlan(int Pictures, int LabelSets, int Batches, int Answers, bool IsRunning);
