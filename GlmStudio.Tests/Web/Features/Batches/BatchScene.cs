using System.Globalization;
using System.Text;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Batches;

/// <summary>A dataset whose pictures' bytes are their paths, and a template with two fields: all that a batch needs.</summary>
internal static class BatchScene
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<(int DatasetId, int VersionId)> SeedAsync(this StudioApp studio, int pictures, Action<ImageItem>? change = null) =>
        SeedAsync(studio.Services, pictures, change);

    public static async Task<(int DatasetId, int VersionId)> SeedAsync(IServiceProvider services, int pictures, Action<ImageItem>? change = null)
    {
        await using var db = services.GetRequiredService<StudioDatabase>().CreateDbContext();
        var dataset = new Dataset { Name = "May" };
        var template = new Template { Key = "slip", Name = "Slip" };
        var version = new TemplateVersion
        {
            Template = template, Number = 1, Instruction = "Read the slip.",
            Fields = [new Field { Key = "total", Label = "合计", Type = FieldType.Money }, new Field { Key = "date", Label = "日期", Type = FieldType.Date }],
        };
        db.AddRange(dataset, version);
        var store = services.GetRequiredService<ImageStore>();
        for (var i = 0; i < pictures; i++)
        {
            var path = PathOf(i);
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(path));
            var stored = await store.AddAsync(bytes, 1000, Cancellation);
            var item = new ImageItem { Dataset = dataset, Ordinal = i, Path = path, ContentHash = stored.Hash, ByteCount = stored.Length, Width = 10, Height = 10, Quality = new() };
            change?.Invoke(item);
            db.Images.Add(item);
        }
        await db.SaveChangesAsync(Cancellation);
        return (dataset.Id, version.Id);
    }

    public static string PathOf(int i) => string.Create(CultureInfo.InvariantCulture, $"五月/{i:0000}.jpg");

    /// <summary>Which picture a request is about.</summary>
    public static string PathOf(GlmRequest request) => Encoding.UTF8.GetString(request.Images[0].Bytes.Span);

    public static BatchOrder Order((int DatasetId, int VersionId) scene) => new(scene.DatasetId, scene.VersionId, "reader", null, "", null, null);

    public static async Task<int> CreateAsync(this StudioApp studio, BatchOrder order, string? owner = null)
    {
        var created = await studio.Get<CreateBatch>().HandleAsync(order, Cancellation, owner);
        Assert.Empty(created.Problems);
        return created.Id!.Value;
    }

    /// <summary>Seeds, creates a batch and returns its id.</summary>
    public static async Task<int> StartBatchAsync(this StudioApp studio, int pictures, Action<ImageItem>? change = null) =>
        await studio.CreateAsync(Order(await studio.SeedAsync(pictures, change)));

    public static async Task<Batch> UntilAsync(this StudioApp studio, int batchId, BatchStatus status) =>
        await studio.UntilAsync(db => db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == batchId && b.Status == status, Cancellation));

    public static async Task<T> UntilAsync<T>(this StudioApp studio, Func<StudioDbContext, Task<T?>> look) where T : class
    {
        using var changed = new SemaphoreSlim(0);
        using var subscription = studio.Get<ChangeFeed>().Subscribe("batch", null, () => Task.FromResult(changed.Release()));
        while (true)
        {
            await using (var db = studio.OpenDatabase())
                if (await look(db) is { } found) return found;
            Assert.True(await changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation), "Nothing changed for a minute.");
        }
    }

    public static async Task<List<Row>> RowsAsync(this StudioApp studio, int batchId)
    {
        await using var db = studio.OpenDatabase();
        return await db.Rows.AsNoTracking().Include(r => r.Cells).Include(r => r.ImageItem).Where(r => r.BatchId == batchId).OrderBy(r => r.Ordinal)
            .ToListAsync(Cancellation);
    }
}
