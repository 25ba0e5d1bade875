using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets.Pictures;

/// <summary>
/// Reads each new picture once in the background: quality note, size, thumbnail, or why it cannot be read. What is left to do stands in the
/// database (no quality, no problem), so a restart goes on where the last process stopped.
/// </summary>
internal sealed partial class PictureMeasuring(
    IDbContextFactory<StudioDbContext> databases, ImageStore store, ImageReader reader, DerivedPictures derived, ChangeFeed changes, TimeProvider time,
    ILogger<PictureMeasuring> log) : BackgroundService
{
    private const int ChunkSize = 16;

    // Another process (a command line import) adds pictures without telling this one.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private long _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new WakeUp(changes, "dataset", LookAgain, time);
        store.RemoveUnfinished(time.GetUtcNow().UtcDateTime.AddDays(-1));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await MeasureNextAsync(stoppingToken)) { }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e);
            }
            await wake.RestAsync(stoppingToken);
        }
    }

    private async Task<bool> MeasureNextAsync(CancellationToken stop)
    {
        await using var db = databases.CreateDbContext();
        await using var claim = await PictureClaim.TakeAsync(db, _last, ChunkSize, stop);
        var items = claim.Items;
        if (items.Count == 0)
        {
            // What another node was looking at when it died is there again at the next look.
            _last = 0;
            return false;
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2), CancellationToken = stop };
        await Parallel.ForEachAsync(items, parallel, async (item, cancellation) => await MeasureAsync(item, cancellation));
        await SaveAsync(db, stop);
        await claim.KeepAsync(stop);
        _last = items[^1].Id;
        foreach (var dataset in items.Select(i => i.DatasetId).Distinct()) changes.Raise("dataset-quality", dataset);
        return true;
    }

    private async Task MeasureAsync(ImageItem item, CancellationToken stop)
    {
        try
        {
            var image = reader.Read(await store.ReadAsync(item.ContentHash, stop), item.Page, stop);
            derived.SaveThumb(item.ContentHash, item.Page, image);
            var reading = QualityMeter.Measure(image);
            (item.Width, item.Height) = (image.Width, image.Height);
            item.Quality = new ImageQuality
            {
                Sharpness = reading.Sharpness, Brightness = reading.Brightness, Clipped = reading.Clipped, Rotation = reading.Rotation, Notes = [.. reading.Notes],
            };
        }
        catch (EngineException e)
        {
            item.Problem = e.Message;
        }
        catch (FileNotFoundException)
        {
            item.Problem = ImageItem.FileIsMissing;
        }
    }

    // A picture deleted meanwhile cannot be saved; the others can.
    private static async Task SaveAsync(StudioDbContext db, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await db.SaveChangesAsync(stop);
                return;
            }
            catch (DbUpdateConcurrencyException e)
            {
                foreach (var entry in e.Entries) entry.State = EntityState.Detached;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Measuring pictures failed; it goes on with the next change.")]
    private partial void Failed(Exception e);
}
