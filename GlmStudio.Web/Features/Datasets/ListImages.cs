using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>A window of a dataset's pictures, filtered and sorted by the database: datasets are larger than a page.</summary>
public sealed class ListImages(IDbContextFactory<StudioDbContext> databases)
{
    public async Task<int> CountAsync(ImageQuery query, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await Filtered(db, query).CountAsync(cancellation);
    }

    public async Task<List<ImageItem>> PageAsync(ImageQuery query, int skip, int take, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await Sorted(Filtered(db, query), query).Skip(skip).Take(take).ToListAsync(cancellation);
    }

    /// <summary>Ids of all pictures the query shows, in its order.</summary>
    public async Task<List<long>> IdsAsync(ImageQuery query, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await Sorted(Filtered(db, query), query).Select(i => i.Id).ToListAsync(cancellation);
    }

    public async Task<ImageItem?> FindAsync(int datasetId, long id, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Images.AsNoTracking().FirstOrDefaultAsync(i => i.DatasetId == datasetId && i.Id == id, cancellation);
    }

    /// <summary>Further paths to bytes that were there already, with the picture that has them.</summary>
    public async Task<List<DuplicatePath>> DuplicatesAsync(int datasetId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.DuplicateFiles.Where(d => d.DatasetId == datasetId)
            .Join(db.Images.Where(i => i.DatasetId == datasetId && i.Page == 0), d => d.ContentHash, i => i.ContentHash, (d, i) => new { d.Path, Of = i.Path })
            .OrderBy(d => d.Path).Take(5_000).Select(d => new DuplicatePath(d.Path, d.Of)).ToListAsync(cancellation);
    }

    private static IQueryable<ImageItem> Filtered(StudioDbContext db, ImageQuery query)
    {
        var images = db.Images.AsNoTracking().Where(i => i.DatasetId == query.DatasetId);
        if (query.Text.Trim() is { Length: > 0 } text) images = Containing(images, Pattern(text), db.Database.IsNpgsql());
        return query.Show switch
        {
            ImageQuery.All => images,
            ImageQuery.Problems => images.Where(i => i.Problem != null),
            ImageQuery.Noted => images.Where(i => i.Quality != null && i.Quality.Notes.Any()),
            ImageQuery.Good => images.Where(i => i.Quality != null && !i.Quality.Notes.Any()),
            var note => images.Where(i => i.Quality != null && i.Quality.Notes.Contains(note)),
        };
    }

    // LIKE looks past upper and lower case on SQLite and does not on PostgreSQL.
    private static IQueryable<ImageItem> Containing(IQueryable<ImageItem> images, string pattern, bool isPostgres) => isPostgres
        ? images.Where(i => EF.Functions.ILike(i.Path, pattern, "\\"))
        : images.Where(i => EF.Functions.Like(i.Path, pattern, "\\"));

    private static string Pattern(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private static IQueryable<ImageItem> Sorted(IQueryable<ImageItem> images, ImageQuery query) => (query.Sort, query.IsDescending) switch
    {
        ("path", false) => images.OrderBy(i => i.Path).ThenBy(i => i.Page),
        ("path", true) => images.OrderByDescending(i => i.Path).ThenByDescending(i => i.Page),
        ("size", false) => images.OrderBy(i => i.ByteCount).ThenBy(i => i.Ordinal),
        ("size", true) => images.OrderByDescending(i => i.ByteCount).ThenBy(i => i.Ordinal),
        ("pixels", false) => images.OrderBy(i => i.Width * i.Height).ThenBy(i => i.Ordinal),
        ("pixels", true) => images.OrderByDescending(i => i.Width * i.Height).ThenBy(i => i.Ordinal),
        ("sharpness", false) => images.OrderBy(i => i.Quality == null).ThenBy(i => i.Quality!.Sharpness).ThenBy(i => i.Ordinal),
        ("sharpness", true) => images.OrderBy(i => i.Quality == null).ThenByDescending(i => i.Quality!.Sharpness).ThenBy(i => i.Ordinal),
        (_, true) => images.OrderByDescending(i => i.Ordinal),
        _ => images.OrderBy(i => i.Ordinal),
    };
}

/// <summary>What a visitor wants to see of a dataset.</summary>
/// <param name="DatasetId">The dataset.</param>
/// <param name="Text">Part of the path, upper and lower case aside.</param>
/// <param name="Show">One of the constants, or a quality note's code.</param>
/// <param name="Sort"><c>order</c>, <c>path</c>, <c>size</c>, <c>pixels</c> or <c>sharpness</c>.</param>
/// <param name="IsDescending">Largest first.</param>
public sealed record ImageQuery(int DatasetId, string Text = "", string Show = ImageQuery.All, string Sort = "order", bool IsDescending = false)
{
    public const string All = "all";
    public const string Problems = "problems";
    public const string Noted = "noted";
    public const string Good = "good";
}

/// <param name="Path">The path that was not added again.</param>
/// <param name="Of">The picture with the same bytes.</param>
public sealed record DuplicatePath(string Path, string Of);
