using System.Net;
using System.Text;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Datasets;

public sealed class UploadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_FiveThousandFilesInParallelRequests_KeepsTheOrderOfThePaths()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        var files = Enumerable.Range(0, 5000).Select(n => (Path: $"folder {n / 500}/scan {n}.png", Bytes: TinyPictures.Png(n))).ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = Stop };

        await Parallel.ForEachAsync(files.Chunk(64).Index(), parallel, async (group, _) =>
        {
            using var response = await client.PostAsync("u", group.Index, group.Item);
            Assert.All(await UploadClient.ResultsAsync(response), r => Assert.Equal(FileOutcome.Added, r.Outcome));
        });

        await using var db = studio.OpenDatabase();
        var items = await db.Images.OrderBy(i => i.Ordinal).Select(i => new { i.Ordinal, i.Path, i.Width, i.Height }).ToListAsync(Stop);
        Assert.Equal(files.Select(f => f.Path), items.Select(i => i.Path));
        Assert.Equal(Enumerable.Range(0, 5000), items.Select(i => i.Ordinal));
        Assert.All(items, i => Assert.Equal((8, 6), (i.Width, i.Height)));
    }

    [Fact]
    public async Task Upload_BreaksOffInItsSecondFile_LeavesNothing()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        var whole = Encoding.UTF8.GetString(TinyPictures.Png(1).Select(b => (byte)(b & 0x7F)).ToArray());
        var body = $"--x\r\nContent-Disposition: form-data; name=f; filename=a.png\r\n\r\n{whole}\r\n--x\r\nContent-Disposition: form-data; name=f; filename=b.png\r\n\r\nhalf";
        var request = new DefaultHttpContext().Request;
        request.ContentType = "multipart/form-data; boundary=x";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));

        var reply = await studio.Get<ReceiveUpload>().HandleAsync(client.DatasetId, request, null, Stop);

        Assert.Contains("broke off", reply.Problem, StringComparison.Ordinal);
        await using var db = studio.OpenDatabase();
        Assert.Empty(db.Images);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(studio.DataFolder, "store"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Known_AfterHalfAFolder_NamesWhatNeedNotBeSent()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        var (a, b) = (TinyPictures.Png(1), TinyPictures.Png(2));
        await client.SendAsync(("m/a.png", a), ("m/copy.png", a));

        var known = await client.KnownAsync(new("m\\a.png", a.Length), new("m/copy.png", a.Length), new("m/b.png", b.Length), new("m/a.png", 5));

        Assert.Equal(["m\\a.png", "m/copy.png"], known.Select(k => k.Path));
        Assert.All(known, k => Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(a)), k.Hash));
    }

    [Fact]
    public async Task Upload_AgainOrElsewhereOrChanged_IsSaidForEachFile()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        await client.SendAsync(("a.png", TinyPictures.Png(1)));

        var results = await client.SendAsync(("a.png", TinyPictures.Png(1)), ("b.png", TinyPictures.Png(1)), ("a.png", TinyPictures.Png(2)), ("c.png", TinyPictures.Png(3)));

        Assert.Equal([FileOutcome.Known, FileOutcome.Duplicate, FileOutcome.Conflict, FileOutcome.Added], results.Select(r => r.Outcome));
        Assert.Equal("Duplicate of a.png.", results[1].Message);
        await using var db = studio.OpenDatabase();
        Assert.Equal(["a.png", "c.png"], await db.Images.OrderBy(i => i.Ordinal).Select(i => i.Path).ToListAsync(Stop));
        Assert.Equal("b.png", (await db.DuplicateFiles.SingleAsync(Stop)).Path);
    }

    [Theory]
    [InlineData("../../etc/cron.d/x.png")]
    [InlineData("/etc/x.png")]
    [InlineData("C:\\x.png")]
    [InlineData("a\r\nb.png")]
    [InlineData("page.html")]
    [InlineData("labels.xlsx")]
    [InlineData(".hidden.png")]
    public async Task Upload_PathNotAllowed_IsRefused(string path)
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        var result = Assert.Single(await client.SendAsync((path, TinyPictures.Png(1))));
        Assert.Equal(FileOutcome.Refused, result.Outcome);
        Assert.Empty(Directory.EnumerateFiles(studio.DataFolder, "*.png", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Upload_DamagedFiles_BecomePicturesWithAProblem()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        var results = await client.SendAsync(("text.png", "no picture"u8.ToArray()), ("empty.jpg", []), ("good.png", TinyPictures.Png(1)));
        Assert.Equal([FileOutcome.Damaged, FileOutcome.Damaged, FileOutcome.Added], results.Select(r => r.Outcome));
        await using var db = studio.OpenDatabase();
        Assert.Equal([true, true, false], await db.Images.OrderBy(i => i.Ordinal).Select(i => i.Problem != null).ToListAsync(Stop));
    }

    [Fact]
    public async Task Upload_Pdf_BecomesOnePictureAPage()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        var results = await client.SendAsync(("scan.pdf", TinyPictures.Pdf(3)), ("z.png", TinyPictures.Png(1)));
        Assert.Equal([3, 1], results.Select(r => r.Pictures));
        await using var db = studio.OpenDatabase();
        Assert.Equal([("scan.pdf", 0), ("scan.pdf", 1), ("scan.pdf", 2), ("z.png", 0)],
            (await db.Images.OrderBy(i => i.Ordinal).ToListAsync(Stop)).Select(i => (i.Path, i.Page)));
    }

    [Fact]
    public async Task Upload_FileOverTheLimit_IsRefusedAndNotKept()
    {
        await using var studio = await StudioApp.StartAsync(null, "--Datasets:MaxFileBytes=1000");
        var client = await UploadClient.ForNewDatasetAsync(studio);
        var results = await client.SendAsync(("big.png", new byte[1001]), ("small.png", TinyPictures.Png(1)));
        Assert.Equal([FileOutcome.Refused, FileOutcome.Added], results.Select(r => r.Outcome));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(studio.DataFolder, "store", "images"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Upload_FromAnotherSitesPage_IsForbidden()
    {
        await using var studio = await StudioApp.StartAsync();
        var client = await UploadClient.ForNewDatasetAsync(studio);
        foreach (var change in (Action<HttpRequestMessage>[])[
            r => r.Headers.Remove("X-GlmStudio"), r => r.Headers.Add("Origin", "https://evil.example"), r => r.Headers.Add("Sec-Fetch-Site", "cross-site")])
        {
            using var response = await client.PostAsync("u", 0, [("a.png", TinyPictures.Png(1))], change);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task Api_CreateAddAndList_WorkForPrograms()
    {
        await using var studio = await StudioApp.StartAsync();
        using var created = await studio.Http.PostAsync(new Uri("/api/datasets", UriKind.Relative), new StringContent("{\"name\":\"发票\"}", Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TinyPictures.Png(1)), "files", "三月/a b.png" } };
        using var added = await studio.Http.PostAsync(new Uri($"{created.Headers.Location}/images", UriKind.Relative), form, Stop);
        Assert.Equal("三月/a b.png", Assert.Single(await UploadClient.ResultsAsync(added)).Path);
        Assert.Contains("\"pictures\":1", await studio.Http.GetStringAsync(new Uri("/api/datasets", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_NoSuchDatasetOrNoFiles_IsAProblem()
    {
        await using var studio = await StudioApp.StartAsync();
        using var missing = await studio.Http.PostAsync(new Uri("/api/datasets/99/images", UriKind.Relative), new MultipartFormDataContent { { new StringContent("x"), "f", "a.png" } }, Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var client = await UploadClient.ForNewDatasetAsync(studio);
        using var empty = await studio.Http.PostAsync(new Uri($"/api/datasets/{client.DatasetId}/images", UriKind.Relative), new MultipartFormDataContent { { new StringContent("x"), "field" } }, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }
}
