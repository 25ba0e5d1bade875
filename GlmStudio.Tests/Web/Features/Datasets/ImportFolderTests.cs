using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Datasets;

public sealed class ImportFolderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_FolderOfEverything_TakesPicturesInNaturalOrderAndSaysWhatItLeft()
    {
        await using var studio = await StudioApp.StartAsync();
        using var folder = new TempFolder();
        foreach (var (path, number) in (ReadOnlySpan<(string, int)>)[("10.png", 10), ("2.png", 2), ("march/a.png", 3), ("march/noextension", 4), ("张三/发票.png", 5)])
            folder.Write(path, TinyPictures.Png(number));
        folder.Write("march/copy of 2.png", TinyPictures.Png(2));
        folder.Write("damaged.jpg", "this is no picture"u8.ToArray());
        folder.Write("empty.jpg", []);
        folder.Write("labels.xlsx", [1]);
        folder.Write("notes.txt", "hello"u8.ToArray());
        folder.Write(".DS_Store", [1]);
        folder.Write("__MACOSX/._a.png", [1]);

        var result = await studio.Get<ImportFolder>().HandleAsync(folder.Path, "receipts", null, null, Stop);

        Assert.Null(result.Problem);
        await using var db = studio.OpenDatabase();
        var items = await db.Images.Where(i => i.DatasetId == result.DatasetId).OrderBy(i => i.Ordinal).ToListAsync(Stop);
        Assert.Equal(["2.png", "10.png", "damaged.jpg", "empty.jpg", "march/a.png", "march/noextension", "张三/发票.png"], items.Select(i => i.Path));
        Assert.Equal(Enumerable.Range(0, 7), items.Select(i => i.Ordinal));
        Assert.Equal(["damaged.jpg", "empty.jpg"], items.Where(i => i.Problem is not null).Select(i => i.Path));
        Assert.Equal("march/copy of 2.png", Assert.Single(result.Duplicates).Path);
        Assert.Equal([".DS_Store", "__MACOSX", "labels.xlsx", "notes.txt"], result.Skipped.Select(s => s.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HandleAsync_LinksOutOfTheFolder_AreNotFollowed()
    {
        await using var studio = await StudioApp.StartAsync();
        using var elsewhere = new TempFolder();
        using var folder = new TempFolder();
        elsewhere.Write("secret.png", TinyPictures.Png(1));
        folder.Write("own.png", TinyPictures.Png(2));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.png"), Path.Combine(elsewhere.Path, "secret.png"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "loop"), folder.Path);

        var result = await studio.Get<ImportFolder>().HandleAsync(folder.Path, "links", null, null, Stop);

        Assert.Equal(1, result.Pictures);
        Assert.Equal(["link.png", "loop"], result.Skipped.Select(s => s.Path));
    }

    [Fact]
    public async Task HandleAsync_NameTakenAndLimit_MakesANumberedDatasetOfTheFirstFiles()
    {
        await using var studio = await StudioApp.StartAsync();
        using var folder = new TempFolder();
        for (var n = 1; n <= 12; n++) folder.Write($"{n}.png", TinyPictures.Png(n));
        var import = studio.Get<ImportFolder>();

        await import.HandleAsync(folder.Path, "scans", null, null, Stop);
        var again = await import.HandleAsync(folder.Path, "scans", 3, null, Stop);

        Assert.Equal("scans (2)", again.DatasetName);
        Assert.Equal(3, again.Pictures);
    }

    [Fact]
    public async Task HandleAsync_NoSuchFolder_SaysSo()
    {
        await using var studio = await StudioApp.StartAsync();
        var result = await studio.Get<ImportFolder>().HandleAsync("/no/such/folder", "x", null, null, Stop);
        Assert.Contains("/no/such/folder", result.Problem, StringComparison.Ordinal);
    }
}
