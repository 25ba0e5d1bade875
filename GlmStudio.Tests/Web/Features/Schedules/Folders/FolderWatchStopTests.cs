using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Batches;
using GlmStudio.Tests.Web.Features.Datasets;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Schedules.Folders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Schedules.Folders;

/// <summary>The program stops between two files of a folder. Nobody but the test looks at it.</summary>
public sealed class FolderWatchStopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_StoppedAfterAFile_StillAsksForItsBatch()
    {
        using var root = new TempFolder();
        using var stop = new CancellationTokenSource();
        var clock = new SetClock(TimeProvider.System.GetUtcNow());
        await using var studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(new FakeEngine());
            s.AddSingleton<TimeProvider>(clock);
            s.Remove(s.Single(d => d.ImplementationType == typeof(FollowSchedules)));
            s.AddSingleton<AddPicture>(async (_, path, _, cancellation) =>
            {
                if (path == "a.png") return new PictureAdded(true, null);
                await stop.CancelAsync();
                throw new OperationCanceledException(cancellation);
            });
        }, $"--Schedules:WatchRoot={root.Path}");
        Directory.CreateDirectory(Path.Combine(root.Path, "in"));
        foreach (var name in (string[])["a.png", "b.png"]) await File.WriteAllBytesAsync(Path.Combine(root.Path, "in", name), TinyPictures.Png(1), Cancellation);
        await SaveAsync(studio);
        await studio.Get<FolderWatch>().HandleAsync(Cancellation);
        clock.Now = clock.Now.AddSeconds(30);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => studio.Get<FolderWatch>().HandleAsync(stop.Token));
        await using var db = studio.OpenDatabase();
        Assert.Equal((FireCause.Folder, FireOutcome.Waiting), await db.ScheduleFires.Select(f => new ValueTuple<FireCause, FireOutcome>(f.Cause, f.Outcome)).SingleAsync(Cancellation));
    }

    private static async Task SaveAsync(StudioApp studio)
    {
        var scene = await studio.SeedAsync(1);
        await using var db = studio.OpenDatabase();
        var template = await db.TemplateVersions.Where(v => v.Id == scene.VersionId).Select(v => v.TemplateId).SingleAsync(Cancellation);
        db.Add(new Schedule { Name = "Incoming", Cron = "", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = scene.DatasetId, TemplateId = template, WatchFolder = "in", IsEnabled = true });
        await db.SaveChangesAsync(Cancellation);
    }
}
