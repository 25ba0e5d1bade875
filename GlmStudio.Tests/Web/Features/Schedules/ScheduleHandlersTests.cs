using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace GlmStudio.Tests.Web.Features.Schedules;

public sealed class ScheduleHandlersTests : IAsyncLifetime
{
    private readonly TaskCompletionSource<BatchOrder> _ordered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StudioApp _studio = null!;
    private Schedule _draft = null!;
    private Func<BatchOrder, int> _start = _ => 1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _studio = await StudioApp.StartAsync(services => services.AddSingleton<StartBatch>((order, _) =>
        {
            var id = _start(order);
            _ordered.TrySetResult(order);
            return Task.FromResult(id);
        }));
        var receipt = (await _studio.Get<FindTemplate>().HandleAsync("receipt", Cancellation)).Version!;
        await using var db = _studio.OpenDatabase();
        var dataset = new Dataset { Name = "三月小票", CreatedAt = DateTime.UnixEpoch };
        db.Datasets.Add(dataset);
        // The batch that the order becomes.
        db.Batches.Add(new Batch { Name = "Ordered", Dataset = dataset, TemplateVersionId = receipt.Id, Engine = "reader", Status = BatchStatus.Finished });
        await db.SaveChangesAsync(Cancellation);
        _draft = new Schedule
        {
            Name = "Nightly", Cron = "0 0 2 * * ?", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = dataset.Id, TemplateId = receipt.TemplateId,
        };
    }

    public ValueTask DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Save_NewSchedule_SetsATriggerThatFiresAtTheShownTime()
    {
        var saved = await Save();
        var trigger = await Trigger(saved.Id);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        Assert.Equal(Assert.Single(CronSchedule.NextFires("0 0 2 * * ?", zone, TimeProvider.System.GetUtcNow(), 1)), trigger!.NextFireTimeUtc!.Value.UtcDateTime);
    }

    [Fact]
    public async Task Save_ChangedTime_MovesTheTrigger()
    {
        _draft.Id = (await Save()).Id;
        _draft.Cron = "0 30 8 ? * MON";
        await Save();
        var next = TimeZoneInfo.ConvertTime((await Trigger(_draft.Id))!.NextFireTimeUtc!.Value, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        Assert.Equal((DayOfWeek.Monday, 8, 30), (next.DayOfWeek, next.Hour, next.Minute));
    }

    [Fact]
    public async Task Save_EverythingWrong_NamesEverything()
    {
        var saved = await _studio.Get<SaveSchedule>().HandleAsync(
            new Schedule { Name = " ", Cron = "0 2 * * *", TimeZone = "Mars/Olympus", Engine = "" }, Cancellation);
        Assert.Equal(3, saved.Problems.Count);
    }

    [Fact]
    public async Task Save_PartsThatAreNotThere_AreNamed()
    {
        (_draft.DatasetId, _draft.TemplateId, _draft.Engine, _draft.LabelSetId) = (99, 99, "", 99);
        var saved = await _studio.Get<SaveSchedule>().HandleAsync(_draft, Cancellation);
        Assert.Equal(["Choose a dataset.", "Choose a template.", "Choose an engine.", "The labels belong to another dataset. Choose again."],
            saved.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public async Task Enable_PauseAndResume_TakesTheTriggerAwayAndBack()
    {
        var id = (await Save()).Id;
        await _studio.Get<EnableSchedule>().HandleAsync(id, false, Cancellation);
        Assert.Null(await Trigger(id));
        await _studio.Get<EnableSchedule>().HandleAsync(id, true, Cancellation);
        Assert.NotNull(await Trigger(id));
    }

    [Fact]
    public async Task Save_WhilePaused_StaysPaused()
    {
        _draft.Id = (await Save()).Id;
        await _studio.Get<EnableSchedule>().HandleAsync(_draft.Id, false, Cancellation);
        await Save();
        Assert.Null(await Trigger(_draft.Id));
    }

    [Fact]
    public async Task Delete_Schedule_TakesItsJobAway()
    {
        var id = (await Save()).Id;
        await _studio.Get<DeleteSchedule>().HandleAsync(id, Cancellation);
        Assert.Null(await Trigger(id));
        Assert.Empty(await _studio.Get<ListSchedules>().HandleAsync(Cancellation));
    }

    [Fact]
    public async Task Fire_Schedule_OrdersTheNewestVersion()
    {
        var id = (await Save()).Id;
        var draft = TemplateLibrary.Find("receipt")!.Clean();
        draft.Fields.RemoveAt(0);
        var newest = (await _studio.Get<SaveVersion>().HandleAsync(draft, 1, "", Cancellation)).Version!;
        var fired = await _studio.Get<FireSchedule>().HandleAsync(id, FireCause.Person, Cancellation);
        var order = await _ordered.Task.WaitAsync(Cancellation);
        Assert.Equal((1, newest.Id, _draft.DatasetId, id), (fired.BatchId, order.TemplateVersionId, order.DatasetId, order.ScheduleId));
        Assert.StartsWith("Nightly · 20", order.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fire_RefusedOrder_IsNotedOnTheSchedule()
    {
        _start = _ => throw new InvalidOperationException("The dataset has no pictures.");
        var id = (await Save()).Id;
        await _studio.Get<FireSchedule>().HandleAsync(id, FireCause.Person, Cancellation);
        var schedule = Assert.Single(await _studio.Get<ListSchedules>().HandleAsync(Cancellation)).Schedule;
        Assert.Equal("The dataset has no pictures.", schedule.LastProblem);
        Assert.NotNull(schedule.LastFiredAt);
    }

    [Fact]
    public async Task Fire_ArchivedDataset_SaysSo()
    {
        var id = (await Save()).Id;
        await using (var db = _studio.OpenDatabase()) await db.Datasets.ExecuteUpdateAsync(u => u.SetProperty(d => d.ArchivedAt, DateTime.UnixEpoch), Cancellation);
        Assert.Contains("is archived", (await _studio.Get<FireSchedule>().HandleAsync(id, FireCause.Person, Cancellation)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_TriggeredJob_MakesTheBatch()
    {
        var id = (await Save()).Id;
        var scheduler = await Scheduler();
        await scheduler.TriggerJob(new JobKey($"schedule-{id}", "schedules"), null, Cancellation);
        Assert.Equal(id, (await _ordered.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ScheduleId);
    }

    [Fact]
    public async Task Start_TriggerThatIsMissing_IsSetAgain()
    {
        var id = (await Save()).Id;
        await (await Scheduler()).UnscheduleJob(new TriggerKey($"schedule-{id}", "schedules"), Cancellation);
        var match = _studio.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<MatchClock>().Single();
        await match.StartAsync(Cancellation);
        Assert.NotNull(await Trigger(id));
    }

    private async Task<Schedule> Save()
    {
        var saved = await _studio.Get<SaveSchedule>().HandleAsync(_draft, Cancellation);
        Assert.Empty(saved.Problems);
        return saved.Schedule!;
    }

    private Task<IScheduler> Scheduler() => _studio.Services.GetRequiredKeyedService<ISchedulerFactory>(SchedulesFeature.SchedulerName).GetScheduler(Cancellation).AsTask();

    private async Task<ITrigger?> Trigger(int id) => await (await Scheduler()).GetTrigger(new TriggerKey($"schedule-{id}", "schedules"), Cancellation);
}
