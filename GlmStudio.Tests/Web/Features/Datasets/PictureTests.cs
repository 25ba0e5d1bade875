using System.Net;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Datasets;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Datasets;

public sealed class PictureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measuring_NewPictures_GetQualitySizeAndThumbnailOrAProblem()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        await client.SendAsync(("good.png", TinyPictures.Png(1, 40, 30)), ("scan.pdf", TinyPictures.Pdf(2)), ("cut.png", TinyPictures.Png(2, 400, 300)[..200]));

        var items = await MeasuredAsync(studio);

        Assert.All(items.Where(i => i.Path != "cut.png"), i => Assert.True(i.Quality is not null && i.Width > 0 && i.Height > 0));
        Assert.NotNull(items.Single(i => i.Path == "cut.png").Problem);
        Assert.Equal(3, Directory.EnumerateFiles(Path.Combine(studio.DataFolder, "store", "derived"), "*-256-*.webp", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Get_ThumbAndDisplay_AreWebpThatMayBeKeptForEver()
    {
        await using var studio = await StudioApp.StartAsync();
        var item = await OneAsync(studio, "a.png", TinyPictures.Png(1, 600, 300));
        foreach (var url in (string[])[GlmStudio.Web.Widgets.ImageUrls.Thumb(item), GlmStudio.Web.Widgets.ImageUrls.Display(item)])
        {
            using var response = await studio.Http.GetAsync(new Uri(url, UriKind.Relative), Stop);
            Assert.Equal("image/webp", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task Get_Original_IsAHarmlessDownloadUnderItsName()
    {
        await using var studio = await StudioApp.StartAsync();
        var item = await OneAsync(studio, "三月/a b.png", TinyPictures.Png(1));
        using var response = await studio.Http.GetAsync(new Uri($"/files/images/{item.ContentHash}/original?name=../x/发票.png", UriKind.Relative), Stop);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("发票.png", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TinyPictures.Png(1), await response.Content.ReadAsByteArrayAsync(Stop));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000/0/thumb")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000/original")]
    [InlineData("..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd/0/thumb")]
    public async Task Get_WhatNoDatasetHas_IsNotFound(string path)
    {
        await using var studio = await StudioApp.StartAsync();
        using var response = await studio.Http.GetAsync(new Uri($"/files/images/{path}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Delete_PicturesAndDatasets_TakesBytesThatNothingElseHas()
    {
        await using var studio = await StudioApp.StartAsync();
        var (one, two) = (await UploadClient.ForNewDatasetAsync(studio, "one"), await UploadClient.ForNewDatasetAsync(studio, "two"));
        await one.SendAsync(("own.png", TinyPictures.Png(1)), ("copy.png", TinyPictures.Png(1)), ("shared.png", TinyPictures.Png(2)), ("kept.png", TinyPictures.Png(3)));
        await two.SendAsync(("shared.png", TinyPictures.Png(2)));
        var items = (await MeasuredAsync(studio)).Where(i => i.DatasetId == one.DatasetId).ToDictionary(i => i.Path);
        var delete = studio.Get<DeleteImages>();

        Assert.Null(await delete.HandleAsync(one.DatasetId, [items["own.png"].Id, items["shared.png"].Id], Stop));
        Assert.Equal((1, 0), await CountsAsync(studio, one.DatasetId));
        Assert.Equal(2, Stored(studio));

        Assert.Null(await delete.DeleteDatasetAsync(one.DatasetId, Stop));
        Assert.Equal(1, Stored(studio));
        Assert.Equal((1, 0), await CountsAsync(studio, two.DatasetId));
    }

    [Fact]
    public async Task Delete_WhileABatchRuns_IsRefused()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        await using (var db = studio.OpenDatabase())
        {
            var version = new TemplateVersion { Number = 1, Template = new Template { Key = "t", Name = "t" } };
            db.Batches.Add(new Batch { Name = "b", DatasetId = client.DatasetId, TemplateVersion = version, Engine = "reader", Status = BatchStatus.Running, Owner = "somebody" });
            await db.SaveChangesAsync(Stop);
        }
        Assert.Contains("Cancel it first", await studio.Get<DeleteImages>().DeleteDatasetAsync(client.DatasetId, Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("发票", ImageQuery.All, "发票/100%_a.png")]
    [InlineData("100%_A", ImageQuery.All, "发票/100%_a.png")]
    [InlineData("", ImageQuery.Problems, "broken.png")]
    [InlineData("", "blurred", "b.png")]
    [InlineData("", ImageQuery.Noted, "b.png")]
    [InlineData("", ImageQuery.Good, "发票/100%_a.png")]
    public async Task ListImages_Filter_ShowsWhatFits(string text, string show, string expected)
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        await using (var db = studio.OpenDatabase())
        {
            db.Images.AddRange(Item(client.DatasetId, 0, "发票/100%_a.png"), Item(client.DatasetId, 1, "b.png", "blurred"), Item(client.DatasetId, 2, "broken.png", problem: "cut"));
            await db.SaveChangesAsync(Stop);
        }
        var query = new ImageQuery(client.DatasetId, text, show, "sharpness", IsDescending: true);
        Assert.Equal([expected], (await studio.Get<ListImages>().PageAsync(query, 0, 10, Stop)).Select(i => i.Path));
        Assert.Equal(1, await studio.Get<ListImages>().CountAsync(query, Stop));
    }

    private static ImageItem Item(int dataset, int ordinal, string path, string? note = null, string? problem = null) => new()
    {
        DatasetId = dataset, Ordinal = ordinal, Path = path, ContentHash = new string((char)('a' + ordinal), 64), Problem = problem,
        Quality = problem is null ? new ImageQuality { Sharpness = ordinal, Notes = note is null ? [] : [note] } : null,
    };

    private static async Task<ImageItem> OneAsync(StudioApp studio, string path, byte[] bytes)
    {
        var client = await UploadClient.ForNewDatasetAsync(studio);
        await client.SendAsync((path, bytes));
        await using var db = studio.OpenDatabase();
        return await db.Images.SingleAsync(Stop);
    }

    // The feed tells when the background has measured; each wake-up looks whether all is done.
    private static async Task<List<ImageItem>> MeasuredAsync(StudioApp studio)
    {
        var done = new TaskCompletionSource();
        async Task Look()
        {
            await using var db = studio.OpenDatabase();
            if (!await db.Images.AnyAsync(i => i.Quality == null && i.Problem == null, Stop)) done.TrySetResult();
        }
        using var subscription = studio.Get<ChangeFeed>().Subscribe("dataset-quality", null, Look);
        await Look();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await using var reading = studio.OpenDatabase();
        return await reading.Images.AsNoTracking().ToListAsync(Stop);
    }

    private static async Task<(int Images, int Duplicates)> CountsAsync(StudioApp studio, int dataset)
    {
        await using var db = studio.OpenDatabase();
        return (await db.Images.CountAsync(i => i.DatasetId == dataset, Stop), await db.DuplicateFiles.CountAsync(i => i.DatasetId == dataset, Stop));
    }

    private static int Stored(StudioApp studio) =>
        Directory.EnumerateFiles(Path.Combine(studio.DataFolder, "store", "images"), "*", SearchOption.AllDirectories).Count();
}
