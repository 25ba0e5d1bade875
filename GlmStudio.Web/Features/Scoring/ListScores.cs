using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Scoring;

/// <summary>Batches for the list of scores, newest first; their figures are computed one after the other as the page asks.</summary>
public sealed class ListScores(IDbContextFactory<StudioDbContext> databases)
{
    public const int PageSize = 20;

    /// <param name="skip">Batches to leave out from the newest on.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<List<ScoredBatchLine>> HandleAsync(int skip, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Batches.OrderByDescending(b => b.Id).Skip(skip).Take(PageSize).Select(b => new ScoredBatchLine(
            b.Id, b.Name, b.Dataset!.Name, b.TemplateVersion!.Template!.Name, b.TemplateVersion.Number, b.Engine,
            b.LabelSet == null ? null : b.LabelSet.Name, b.Status, b.RowCount, b.CreatedAt)).ToListAsync(cancellation);
    }
}

/// <param name="Labels">Name of the labels it is compared with; null: none.</param>
public sealed record ScoredBatchLine(
    int Id, string Name, string Dataset, string Template, int Version, string Engine, string? Labels, BatchStatus Status, int Rows, DateTime CreatedAt);
