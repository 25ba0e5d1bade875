using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>The datasets with what they hold.</summary>
public sealed class ListDatasets(IDbContextFactory<StudioDbContext> databases)
{
    private const int StripLength = 6;

    /// <summary>All datasets, newest first.</summary>
    /// <param name="archived">Include those put away.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<IReadOnlyList<DatasetSummary>> HandleAsync(bool archived, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await Summaries(db, db.Datasets.Where(d => archived || d.ArchivedAt == null)).ToListAsync(cancellation);
    }

    /// <summary>One dataset, or null.</summary>
    public async Task<DatasetSummary?> FindAsync(int id, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await Summaries(db, db.Datasets.Where(d => d.Id == id)).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The first few readable pictures of a dataset.</summary>
    public async Task<IReadOnlyList<ImageItem>> StripAsync(int id, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Images.AsNoTracking().Where(i => i.DatasetId == id && i.Problem == null).OrderBy(i => i.Ordinal).Take(StripLength).ToListAsync(cancellation);
    }

    private static IQueryable<DatasetSummary> Summaries(StudioDbContext db, IQueryable<Dataset> datasets) => datasets.OrderByDescending(d => d.Id).Select(d => new DatasetSummary
    {
        Id = d.Id, Name = d.Name, Description = d.Description, CreatedAt = d.CreatedAt, ArchivedAt = d.ArchivedAt,
        Pictures = db.Images.Count(i => i.DatasetId == d.Id),
        Bytes = db.Images.Where(i => i.DatasetId == d.Id && i.Page == 0).Sum(i => i.ByteCount),
        Problems = db.Images.Count(i => i.DatasetId == d.Id && i.Problem != null),
        Duplicates = db.DuplicateFiles.Count(c => c.DatasetId == d.Id),
        LabelSets = db.LabelSets.Count(s => s.DatasetId == d.Id),
        Batches = db.Batches.Count(b => b.DatasetId == d.Id),
    });
}

/// <summary>A dataset and how much it holds.</summary>
public sealed record DatasetSummary
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime? ArchivedAt { get; init; }

    /// <summary>Pictures, each page of a PDF counted.</summary>
    public required int Pictures { get; init; }

    /// <summary>Bytes of the files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Pictures that cannot be read.</summary>
    public required int Problems { get; init; }

    /// <summary>Further paths to bytes that were there already.</summary>
    public required int Duplicates { get; init; }

    public required int LabelSets { get; init; }
    public required int Batches { get; init; }
}
