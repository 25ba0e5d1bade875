using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Makes a batch and one row a picture in one transaction: either all of it is there or nothing.</summary>
public sealed class CreateBatch(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, ChangeFeed changes, TimeProvider time)
{
    public const int MaxNameLength = 200;
    private const int RowsAtATime = 1000;

    /// <param name="order">What the batch is made of; an empty name becomes "dataset · template vN".</param>
    /// <param name="cancellation">Stops it; nothing is kept then.</param>
    /// <param name="owner">The process that alone may run it, or null for any server.</param>
    public async Task<BatchCreated> HandleAsync(BatchOrder order, CancellationToken cancellation, string? owner = null)
    {
        await using var db = databases.CreateDbContext();
        if (await FindProblemAsync(db, order, cancellation) is { } problem) return new BatchCreated(null, problem);
        var pictures = db.Images.Where(i => i.DatasetId == order.DatasetId);
        if (order.OnlyNewPictures) pictures = pictures.NewTo(db, order.ScheduleId);
        pictures = pictures.OrderBy(i => i.Ordinal);
        if (order.Limit is { } limit) pictures = pictures.Take(limit);
        var found = await pictures.Select(i => new Picture(i.Id, i.Ordinal, i.Problem)).ToListAsync(cancellation);
        if (found.Count == 0) return new BatchCreated(null, new BatchProblem("The dataset has no pictures. Add pictures to it first."));
        var (engine, fault) = await OpenAsync(order.Engine, cancellation);
        if (engine is null) return new BatchCreated(null, fault);
        var batch = await SaveAsync(db, order with { Engine = engine }, found, owner, cancellation);
        changes.Raise("batch", batch.Id);
        changes.Raise("batch-status", batch.Id);
        return new BatchCreated(batch.Id, null);
    }

    private static async Task<BatchProblem?> FindProblemAsync(StudioDbContext db, BatchOrder order, CancellationToken cancellation)
    {
        if (order.Limit is < 1) return new("The limit is {0}; it must be at least 1.", order.Limit);
        if (order.Name.Length > MaxNameLength) return new("The name has {0} characters; at most {1} are possible.", order.Name.Length, MaxNameLength);
        if (!await db.Datasets.AnyAsync(d => d.Id == order.DatasetId, cancellation)) return new("There is no dataset {0}.", order.DatasetId);
        if (!await db.TemplateVersions.AnyAsync(v => v.Id == order.TemplateVersionId, cancellation))
            return new("There is no template version {0}.", order.TemplateVersionId);
        if (order.LabelSetId is { } labels && !await db.LabelSets.AnyAsync(s => s.Id == labels && s.DatasetId == order.DatasetId, cancellation))
            return new("The dataset has no label set {0}.", labels);
        return null;
    }

    /// <summary>Opening loads a checkpoint that is not loaded yet: what is wrong with it is said now, not by a batch that stops.</summary>
    private async Task<(string? Engine, BatchProblem? Problem)> OpenAsync(string asked, CancellationToken cancellation)
    {
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

    private async Task<Batch> SaveAsync(StudioDbContext db, BatchOrder order, List<Picture> pictures, string? owner, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var batch = new Batch
        {
            Name = order.Name.Trim() is { Length: > 0 } name ? name : await NameAsync(db, order, cancellation),
            DatasetId = order.DatasetId, TemplateVersionId = order.TemplateVersionId, LabelSetId = order.LabelSetId, ScheduleId = order.ScheduleId, Grounding = order.Grounding,
            Engine = order.Engine, Owner = owner, RowCount = pictures.Count, CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        db.Batches.Add(batch);
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var chunk in pictures.Chunk(RowsAtATime))
        {
            db.Rows.AddRange(chunk.Select(p => ToRow(batch.Id, p)));
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(cancellation);
        return batch;
    }

    private static Row ToRow(int batchId, Picture picture) => new()
    {
        BatchId = batchId, ImageItemId = picture.Id, Ordinal = picture.Ordinal, Error = picture.Problem,
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

    private sealed record Picture(long Id, int Ordinal, string? Problem);
}

/// <summary>The new batch's id, or why there is none.</summary>
public sealed record BatchCreated(int? Id, BatchProblem? Problem);
