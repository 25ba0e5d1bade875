using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

/// <summary>The rows of a batch that a page shows: a window of them, filtered by status and text in the database.</summary>
public sealed class ReadRows(IDbContextFactory<StudioDbContext> databases)
{
    public const int MaxWindow = 200;

    /// <param name="batchId">The batch.</param>
    /// <param name="status">Only rows of this status, or null.</param>
    /// <param name="onlyMessages">Only rows with a value that a rule wants a person to look at.</param>
    /// <param name="text">Only rows whose file name, error or a value contains this, or null.</param>
    /// <param name="skip">Rows before the window.</param>
    /// <param name="take">Rows in the window.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(IReadOnlyList<Row> Rows, int Count)> HandleAsync(
        int batchId, RowStatus? status, bool onlyMessages, string? text, int skip, int take, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var rows = db.Rows.AsNoTracking().Where(r => r.BatchId == batchId);
        if (status is not null) rows = rows.Where(r => r.Status == status);
        if (onlyMessages) rows = rows.Where(r => r.Cells.Any(c => c.Problem != null && !c.IsCorrected));
        if (!string.IsNullOrWhiteSpace(text)) rows = Containing(rows, text.Trim());
        var window = await rows.OrderBy(r => r.Ordinal).Skip(skip).Take(Math.Clamp(take, 1, MaxWindow)).Include(r => r.ImageItem).Include(r => r.Cells)
            .AsSplitQuery().ToListAsync(cancellation);
        return (window, await rows.CountAsync(cancellation));
    }

    public async Task<Row?> FindAsync(int batchId, long rowId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Rows.AsNoTracking().Include(r => r.ImageItem).Include(r => r.Cells).SingleOrDefaultAsync(r => r.Id == rowId && r.BatchId == batchId, cancellation);
    }

    /// <summary>The fields in the template's order.</summary>
    public async Task<IReadOnlyList<Field>> FieldsAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return (await db.Batches.AsNoTracking().Where(b => b.Id == batchId).Select(b => b.TemplateVersion!).SingleOrDefaultAsync(cancellation))?.Fields ?? [];
    }

    // lower() of both databases; upper bound on the text, because it is compared with every value.
    private static IQueryable<Row> Containing(IQueryable<Row> rows, string text)
    {
#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL.
        var part = (text.Length > 200 ? text[..200] : text).ToLower();
        return rows.Where(r => r.ImageItem!.Path.ToLower().Contains(part) || r.Error!.ToLower().Contains(part)
            || r.Cells.Any(c => (c.IsCorrected ? c.CorrectedValue : c.Value)!.ToLower().Contains(part)));
#pragma warning restore CA1304, CA1311, CA1862
    }
}
