using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Looks at everything a batch needs before its first token, and says all that is wrong together.</summary>
public sealed class CheckBatch(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, EngineRoutes routes, ImageStore images, DataFolder folder, IOptions<BatchOptions> options)
{
    public const int MaxRepeats = 100;
    /// <summary>A failed row's reason, where the picture's bytes are gone.</summary>
    internal const string MissingFile = "The picture's file is missing in the data folder. Upload it again, then retry.";

    /// <param name="order">What the batch would be made of.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<BatchCheck> HandleAsync(BatchOrder order, CancellationToken cancellation)
    {
        List<BatchProblem> faults = [];
        List<BatchProblem> notes = [];
        CheckOrder(order, faults);
        if (!engines.Knows(order.Engine) && !await routes.IsElsewhereAsync(order.Engine, cancellation)) faults.Add(new("{0}", engines.Missing(order.Engine)));
        CheckDisk(faults);
        await using var db = databases.CreateDbContext();
        await CheckVersionAsync(db, order, faults, cancellation);
        var pictures = await CheckPicturesAsync(db, order, faults, notes, cancellation);
        return new BatchCheck(faults, notes, pictures);
    }

    private static void CheckOrder(BatchOrder order, List<BatchProblem> faults)
    {
        if (order.Limit is < 1) faults.Add(new("The limit is {0}; it must be at least 1.", order.Limit));
        if (order.Repeats is < 1 or > MaxRepeats) faults.Add(new("Each picture is asked {0} times; 1 to {1} are possible.", order.Repeats, MaxRepeats));
        if (order.Name.Length > CreateBatch.MaxNameLength) faults.Add(new("The name has {0} characters; at most {1} are possible.", order.Name.Length, CreateBatch.MaxNameLength));
    }

    private void CheckDisk(List<BatchProblem> faults)
    {
        var free = new DriveInfo(Path.GetFullPath(folder.Path)).AvailableFreeSpace >> 20;
        if (free < options.Value.LeastFreeMegabytes)
            faults.Add(new("The disk of the data folder has {0} MB free; {1} are needed (setting Batches:LeastFreeMegabytes). Make room first.", free, options.Value.LeastFreeMegabytes));
    }

    private static async Task CheckVersionAsync(StudioDbContext db, BatchOrder order, List<BatchProblem> faults, CancellationToken cancellation)
    {
        if (await db.TemplateVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == order.TemplateVersionId, cancellation) is not { } version)
        {
            faults.Add(new("There is no template version {0}.", order.TemplateVersionId));
            return;
        }
        try
        {
            if (Question.Of(version, order.Grounding).Form?.LongestTokens is > AnswerForm.MostTokens and var tokens)
                faults.Add(new("An answer to this template may need {0} tokens; at most {1} are possible. Ask for fewer fields, or shorter ones.", tokens, AnswerForm.MostTokens));
        }
        catch (EngineException fault)
        {
            faults.Add(new("{0}", fault.Message));
        }
    }

    private async Task<IReadOnlyList<BatchPicture>> CheckPicturesAsync(
        StudioDbContext db, BatchOrder order, List<BatchProblem> faults, List<BatchProblem> notes, CancellationToken cancellation)
    {
        if (!await db.Datasets.AnyAsync(d => d.Id == order.DatasetId, cancellation))
        {
            faults.Add(new("There is no dataset {0}.", order.DatasetId));
            return [];
        }
        if (order.LabelSetId is { } labels && !await db.LabelSets.AnyAsync(s => s.Id == labels && s.DatasetId == order.DatasetId, cancellation))
            faults.Add(new("The dataset has no label set {0}.", labels));
        var found = await PicturesOf(db, order).Select(i => new { i.Id, i.Ordinal, i.Problem, i.ContentHash }).ToListAsync(cancellation);
        if (found.Count == 0) faults.Add(new("The dataset has no pictures. Add pictures to it first."));
        var present = await Task.Run(() => images.WhichAsync(found.Select(p => p.ContentHash), cancellation), cancellation);
        var missing = found.Count(p => p.Problem is null && !present.Contains(p.ContentHash));
        if (missing > 0) notes.Add(new("The files of {0} pictures are missing in the data folder; they will be failed rows.", missing));
        if (found.Count(p => p.Problem is not null) is > 0 and var unreadable) notes.Add(new("{0} pictures cannot be read and will be failed rows.", unreadable));
        if (await db.DuplicateFiles.CountAsync(f => f.DatasetId == order.DatasetId, cancellation) is > 0 and var twice)
            notes.Add(new("{0} files have the same bytes as a picture of the dataset; each picture is asked once.", twice));
        return [.. found.Select(p => new BatchPicture(p.Id, p.Ordinal, p.Problem ?? (present.Contains(p.ContentHash) ? null : MissingFile)))];
    }

    private static IQueryable<ImageItem> PicturesOf(StudioDbContext db, BatchOrder order)
    {
        var pictures = db.Images.Where(i => i.DatasetId == order.DatasetId);
        if (order.PreviousBatchId is { } previous) pictures = pictures.Where(i => db.Rows.Any(r => r.BatchId == previous && r.ImageItemId == i.Id));
        if (order.OnlyNewPictures) pictures = pictures.NewTo(db, order.ScheduleId);
        pictures = pictures.OrderBy(i => i.Ordinal);
        return order.Limit is > 0 and var limit ? pictures.Take(limit) : pictures;
    }
}

/// <summary>What was found.</summary>
/// <param name="Faults">Nothing starts while there is one.</param>
/// <param name="Notes">Good to know: rows that fail at once, files that are there twice.</param>
/// <param name="Pictures">The pictures to ask about, in upload order.</param>
public sealed record BatchCheck(IReadOnlyList<BatchProblem> Faults, IReadOnlyList<BatchProblem> Notes, IReadOnlyList<BatchPicture> Pictures);

/// <summary>A picture of a batch to be.</summary>
/// <param name="Id">The image item.</param>
/// <param name="Ordinal">Its place in the dataset.</param>
/// <param name="Problem">Why it cannot be asked about, or null.</param>
public sealed record BatchPicture(long Id, int Ordinal, string? Problem);
