using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Makes a batch and one row a picture in one transaction: either all of it is there or nothing.</summary>
public sealed class CreateBatch(IDbContextFactory<StudioDbContext> databases, CheckBatch check, EngineCatalog engines, EngineRoutes routes, ChangeFeed changes, TimeProvider time)
{
    public const int MaxNameLength = 200;
    private const int RowsAtATime = 1000;

    /// <param name="order">What the batch is made of; an empty name becomes "dataset · template vN".</param>
    /// <param name="cancellation">Stops it; nothing is kept then.</param>
    /// <param name="owner">The process that alone may run it, or null for any server.</param>
    public async Task<BatchCreated> HandleAsync(BatchOrder order, CancellationToken cancellation, string? owner = null)
    {
        var found = await check.HandleAsync(order, cancellation);
        if (found.Faults.Count > 0) return new BatchCreated(null, found.Faults);
        var (engine, fault) = await OpenAsync(order.Engine, cancellation);
        if (engine is null) return new BatchCreated(null, [fault!]);
        await using var db = databases.CreateDbContext();
        var batch = await SaveAsync(db, order with { Engine = engine }, found.Pictures, owner, cancellation);
        changes.Raise("batch", batch.Id);
        changes.Raise("batch-status", batch.Id);
        return new BatchCreated(batch.Id, []) { Notes = found.Notes };
    }

    /// <summary>Opening loads a checkpoint that is not loaded yet: what is wrong with it is said now, not by a batch that stops. One that another node answers for stays there.</summary>
    private async Task<(string? Engine, BatchProblem? Problem)> OpenAsync(string asked, CancellationToken cancellation)
    {
        if (await routes.IsElsewhereAsync(asked, cancellation)) return (asked, null);
        try
        {
            var engine = await engines.OpenAsync(asked, null, cancellation);
            // A folder is kept as it was given: another process could not find it by its name.
            return (asked.AsSpan().IndexOfAny('/', '\\') >= 0 ? Path.GetFullPath(asked) : engine.Info.Name, null);
        }
        catch (EngineException e)
        {
            return (null, new BatchProblem("{0}", e.Message));
        }
    }

    private async Task<Batch> SaveAsync(StudioDbContext db, BatchOrder order, IReadOnlyList<BatchPicture> pictures, string? owner, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var batch = new Batch
        {
            Name = order.Name.Trim() is { Length: > 0 } name ? name : await NameAsync(db, order, cancellation),
            DatasetId = order.DatasetId, TemplateVersionId = order.TemplateVersionId, LabelSetId = order.LabelSetId, ScheduleId = order.ScheduleId, Grounding = order.Grounding,
            Priority = order.Priority, Repeats = order.Repeats, IsAnew = order.IsAnew, PreviousBatchId = order.PreviousBatchId,
            Engine = order.Engine, Owner = owner, RowCount = pictures.Count * order.Repeats, CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        db.Batches.Add(batch);
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var chunk in pictures.SelectMany(p => Enumerable.Range(0, order.Repeats).Select(repeat => ToRow(batch, p, repeat))).Chunk(RowsAtATime))
        {
            db.Rows.AddRange(chunk);
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(cancellation);
        return batch;
    }

    // A picture that cannot be asked about is a failed row at once.
    private static Row ToRow(Batch batch, BatchPicture picture, int repeat) => new()
    {
        BatchId = batch.Id, ImageItemId = picture.Id, Ordinal = (picture.Ordinal * batch.Repeats) + repeat, Repeat = repeat, Error = picture.Problem,
        Status = picture.Problem is null ? RowStatus.Queued : RowStatus.Failed,
    };

    private static async Task<string> NameAsync(StudioDbContext db, BatchOrder order, CancellationToken cancellation)
    {
        var dataset = await db.Datasets.Where(d => d.Id == order.DatasetId).Select(d => d.Name).SingleAsync(cancellation);
        var version = await db.TemplateVersions.Where(v => v.Id == order.TemplateVersionId)
            .Select(v => new { v.Template!.Name, v.Number }).SingleAsync(cancellation);
        var name = $"{dataset} · {version.Name} v{version.Number}";
        return name.Length <= MaxNameLength ? name : dataset;
    }
}

/// <summary>The new batch's id, or everything that stands against it.</summary>
public sealed record BatchCreated(int? Id, IReadOnlyList<BatchProblem> Problems)
{
    /// <summary>What is good to know of a batch that was made.</summary>
    public IReadOnlyList<BatchProblem> Notes { get; init; } = [];

    /// <summary>All problems as one English text.</summary>
    public string Refusal => string.Join(' ', Problems);
}
