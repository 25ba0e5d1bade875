using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Batches;
using GlmStudio.Tests.Web.Features.Datasets;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Schedules.Folders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Web.Features.Schedules.Folders;

public sealed class FolderWatchTests : IAsyncLifetime
{
    private readonly SetClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("glm-studio-watch-");
    private StudioApp _studio = null!;
    private int _schedule;
    private int _dataset;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private string Folder => Path.Combine(_root.FullName, "in");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        _studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(new FakeEngine());
            s.AddSingleton<TimeProvider>(_clock);
        }, $"--Schedules:WatchRoot={_root.FullName}");
        var scene = await _studio.SeedAsync(1);
        await using var db = _studio.OpenDatabase();
        var template = await db.TemplateVersions.Where(v => v.Id == scene.VersionId).Select(v => v.TemplateId).SingleAsync(Cancellation);
        var saved = await _studio.Get<SaveSchedule>().HandleAsync(
            new Schedule { Name = "Incoming", Cron = "", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = scene.DatasetId, TemplateId = template, WatchFolder = "in" }, Cancellation);
        Assert.Empty(saved.Problems);
        (_schedule, _dataset) = (saved.Schedule!.Id, scene.DatasetId);
    }

    public async ValueTask DisposeAsync()
    {
        await _studio.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task Files_ThatHaveSettled_JoinTheDatasetAndStartABatch()
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, "a.png"), TinyPictures.Png(1), Cancellation);
        await LookAsync();
        Assert.Equal(1, await PicturesAsync());
        _clock.Now = _clock.Now.AddSeconds(30);
        await LookAsync();
        Assert.Equal(2, await PicturesAsync());
        var batch = await _studio.UntilAsync(db => db.Batches.AsNoTracking().FirstOrDefaultAsync(b => b.ScheduleId == _schedule, Cancellation));
        Assert.Equal(2, batch.RowCount);
    }

    [Fact]
    public async Task Links_LeadNowhere()
    {
        var outside = Path.Combine(_root.FullName, "outside.png");
        await File.WriteAllBytesAsync(outside, TinyPictures.Png(1), Cancellation);
        File.CreateSymbolicLink(Path.Combine(Folder, "link.png"), outside);
        Directory.CreateSymbolicLink(Path.Combine(Folder, "folder"), _root.FullName);
        Assert.Empty(FolderFiles.List(Folder));
        Assert.Throws<IOException>(() => FolderFiles.Open(Folder, "link.png"));
        Assert.Throws<IOException>(() => FolderFiles.Open(Folder, "folder/outside.png"));
        Assert.Throws<IOException>(() => FolderFiles.Open(Folder, "../outside.png"));
    }

    [Theory]
    [InlineData("in", null)]
    [InlineData("../in", "not written as a path below")]
    [InlineData("/etc", "not written as a path below")]
    [InlineData("in/..", "not written as a path below")]
    [InlineData("absent", "There is no folder")]
    [InlineData("link", "There is no folder")]
    public void Check_Folder_IsBelowTheRootAndNoLink(string folder, string? problem)
    {
        Directory.CreateSymbolicLink(Path.Combine(_root.FullName, "link"), Path.GetTempPath());
        var found = new WatchedFolders(Options.Create(new ScheduleOptions { WatchRoot = _root.FullName })).Check(folder)?.ToString();
        if (problem is null) Assert.Null(found);
        else Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_WithoutRoot_NothingIsAllowed() =>
        Assert.Contains("Schedules:WatchRoot", new WatchedFolders(Options.Create(new ScheduleOptions())).Check("in")!.ToString(), StringComparison.Ordinal);

    private Task LookAsync() => _studio.Get<FolderWatch>().HandleAsync(Cancellation);

    private async Task<int> PicturesAsync()
    {
        await using var db = _studio.OpenDatabase();
        return await db.Images.CountAsync(i => i.DatasetId == _dataset, Cancellation);
    }
}
