using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Templates;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace GlmStudio.Tests.Web.Features.Schedules;

/// <summary>The clock with the real Batches feature behind it, on both databases.</summary>
[Collection(typeof(OnPostgres))]
public sealed class ScheduledBatchTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunNow_OnSqlite_MakesABatchThatNamesItsSchedule()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var schedule = await SaveAsync(studio);
        var fired = await studio.Get<FireSchedule>().HandleAsync(schedule.Id, FireCause.Person, Cancellation);
        Assert.Null(fired.Problem);
        Assert.Equal((schedule.Id, 1), await LastBatchAsync(studio, fired.BatchId!.Value));
    }

    [Fact]
    public async Task Clock_OnPostgres_KeepsItsTriggersInTheSameDatabase()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Studio:Database={await postgres.CreateDatabaseAsync()}");
        var schedule = await SaveAsync(studio);
        var scheduler = await studio.Services.GetRequiredKeyedService<ISchedulerFactory>(SchedulesFeature.SchedulerName).GetScheduler(Cancellation);
        Assert.NotNull(await scheduler.GetTrigger(new TriggerKey($"schedule-{schedule.Id}", "schedules"), Cancellation));
        var fired = await studio.Get<FireSchedule>().HandleAsync(schedule.Id, FireCause.Person, Cancellation);
        Assert.Equal((schedule.Id, 1), await LastBatchAsync(studio, fired.BatchId!.Value));
    }

    private static async Task<Schedule> SaveAsync(StudioApp studio)
    {
        var template = (await studio.Get<FindTemplate>().HandleAsync("receipt", Cancellation)).Version!.TemplateId;
        await using var db = studio.OpenDatabase();
        var dataset = new Dataset { Name = "三月", CreatedAt = DateTime.UnixEpoch };
        db.Datasets.Add(dataset);
        await db.SaveChangesAsync(Cancellation);
        db.Images.Add(new ImageItem { DatasetId = dataset.Id, Path = "a.jpg", ContentHash = new string('0', 64), Problem = "Not a picture.", AddedAt = DateTime.UnixEpoch });
        await db.SaveChangesAsync(Cancellation);
        var saved = await studio.Get<SaveSchedule>().HandleAsync(
            new Schedule { Name = "每晚", Cron = "0 0 2 * * ?", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = dataset.Id, TemplateId = template }, Cancellation);
        Assert.Empty(saved.Problems);
        return saved.Schedule!;
    }

    private static async Task<(int? ScheduleId, int Rows)> LastBatchAsync(StudioApp studio, int batch)
    {
        var last = Assert.Single(await studio.Get<ListSchedules>().HandleAsync(Cancellation)).LastBatch!;
        Assert.Equal(batch, last.Id);
        return (last.ScheduleId, last.RowCount);
    }
}
