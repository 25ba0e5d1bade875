using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>A label sheet becomes a label set of a dataset.</summary>
public sealed class ImportLabels(IDbContextFactory<StudioDbContext> databases, SheetReader reader, ChangeFeed changes, TimeProvider time)
{
    private const int LabelsPerSave = 5_000;

    /// <summary>Imports, or says why not.</summary>
    public Task<ImportLabelsResult> HandleAsync(LabelImport import, Stream content, CancellationToken cancellation) =>
        RunAsync(import, content, save: true, cancellation);

    /// <summary>What <see cref="HandleAsync"/> would do; saves nothing.</summary>
    public Task<ImportLabelsResult> PreviewAsync(LabelImport import, Stream content, CancellationToken cancellation) =>
        RunAsync(import, content, save: false, cancellation);

    private async Task<ImportLabelsResult> RunAsync(LabelImport import, Stream content, bool save, CancellationToken cancellation)
    {
        try
        {
            var sheets = await reader.ReadAsync(content, import.FileName, cancellation);
            await using var db = databases.CreateDbContext();
            var images = await NamesOf(db, import.DatasetId, cancellation);
            var plan = LabelPlan.Make(import, sheets, images);
            return save && plan.Result.Problem is null ? plan.Result with { LabelSetId = await SaveAsync(db, import, plan, cancellation) } : plan.Result;
        }
        catch (SheetException e)
        {
            return new ImportLabelsResult { Problem = e.Message };
        }
    }

    // A duplicate's path is one more name of the picture that has its bytes.
    private static async Task<List<NamedImage>> NamesOf(StudioDbContext db, int datasetId, CancellationToken cancellation)
    {
        var images = db.Images.Where(i => i.DatasetId == datasetId);
        var names = await images.OrderBy(i => i.Ordinal).Select(i => new NamedImage(i.Id, i.Path, i.Page)).ToListAsync(cancellation);
        var copies = await db.DuplicateFiles.Where(d => d.DatasetId == datasetId)
            .Join(images, d => d.ContentHash, i => i.ContentHash, (d, i) => new NamedImage(i.Id, d.Path, i.Page)).ToListAsync(cancellation);
        return [.. names, .. copies];
    }

    private async Task<int> SaveAsync(StudioDbContext db, LabelImport import, LabelPlan plan, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var set = new LabelSet
        {
            DatasetId = import.DatasetId, FileName = import.FileName, CreatedAt = time.GetUtcNow().UtcDateTime,
            Name = import.Name.Trim() is { Length: > 0 } name ? name[..Math.Min(200, name.Length)] : Path.GetFileNameWithoutExtension(import.FileName),
        };
        db.LabelSets.Add(set);
        await db.SaveChangesAsync(cancellation);
        foreach (var chunk in plan.Labels(set.Id).Chunk(LabelsPerSave))
        {
            db.Labels.AddRange(chunk);
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(cancellation);
        changes.Raise("dataset", import.DatasetId);
        return set.Id;
    }
}
