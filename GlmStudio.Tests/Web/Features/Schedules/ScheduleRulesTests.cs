using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Batches;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Schedules;

/// <summary>Overlap, pause and new pictures, with the real Batches feature behind the clock.</summary>
public sealed class ScheduleRulesTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StudioApp _studio = null!;
    private (int DatasetId, int VersionId) _scene;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine { Gate = (_, stop) => _release.Task.WaitAsync(stop) }));
        _scene = await _studio.SeedAsync(3);
    }

    public ValueTask DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Fire_OverlapSkip_LeavesTheTimeOutAndSaysWhy()
    {
        var id = await SaveAsync(s => s.Overlap = OverlapRule.Skip);
        Assert.Equal(FireOutcome.Began, (await FireAsync(id)).Outcome);
        var second = await FireAsync(id);
        Assert.Equal(FireOutcome.Skipped, second.Outcome);
        Assert.StartsWith("The batch before it is not finished: Nightly · ", second.Problem, StringComparison.Ordinal);
        Assert.Single(await BatchesAsync(id));
    }

    [Fact]
    public async Task Fire_OverlapWait_BeginsWhenTheOlderHasEnded()
    {
        var id = await SaveAsync(s => s.Overlap = OverlapRule.Wait);
        var first = (await FireAsync(id)).BatchId!.Value;
        Assert.Equal(FireOutcome.Waiting, (await FireAsync(id)).Outcome);
        Assert.Equal("Another start of this schedule is waiting already.", (await FireAsync(id)).Problem);
        Assert.Single(await BatchesAsync(id));
        _release.SetResult();
        var second = await _studio.UntilAsync(db => db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.ScheduleId == id && b.Id != first && b.Status == BatchStatus.Finished, Cancellation));
        await using var db = _studio.OpenDatabase();
        Assert.True(second.CreatedAt >= (await db.Batches.SingleAsync(b => b.Id == first, Cancellation)).FinishedAt);
    }

    [Fact]
    public async Task Fire_OverlapCancelOlder_CancelsItAndBegins()
    {
        var id = await SaveAsync(s => s.Overlap = OverlapRule.CancelOlder);
        var first = (await FireAsync(id)).BatchId!.Value;
        var second = (await FireAsync(id)).BatchId;
        Assert.NotNull(second);
        await using var db = _studio.OpenDatabase();
        Assert.Equal(BatchStatus.Cancelled, (await db.Batches.SingleAsync(b => b.Id == first, Cancellation)).Status);
    }

    [Fact]
    public async Task FolderFire_OverlapCancelOlder_CancelsItAndBegins()
    {
        var id = await SaveAsync(s => s.Overlap = OverlapRule.CancelOlder);
        var first = (await FireAsync(id)).BatchId!.Value;
        var fire = await WaitingAsync(id);
        await _studio.Get<FireSchedule>().StartWaitingAsync(fire, Cancellation);
        await using var db = _studio.OpenDatabase();
        Assert.Equal(FireOutcome.Began, (await db.ScheduleFires.SingleAsync(f => f.Id == fire, Cancellation)).Outcome);
        Assert.Equal(BatchStatus.Cancelled, (await db.Batches.SingleAsync(b => b.Id == first, Cancellation)).Status);
    }

    [Fact]
    public async Task Fire_PausedUntilADate_IsNotedWithTheReason_AndAPersonMayStillRunIt()
    {
        var id = await SaveAsync(_ => { });
        var until = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(3);
        Assert.Null(await _studio.Get<PauseSchedule>().HandleAsync(id, until, "盘点", Cancellation));
        var skipped = await _studio.Get<FireSchedule>().HandleAsync(id, FireCause.Clock, Cancellation);
        Assert.Equal((FireOutcome.Skipped, "The schedule is paused: 盘点"), (skipped.Outcome, skipped.Problem));
        Assert.NotNull((await FireAsync(id)).BatchId);
    }

    [Fact]
    public async Task Pause_TimeThatIsOver_IsRefused()
    {
        var id = await SaveAsync(_ => { });
        Assert.NotNull(await _studio.Get<PauseSchedule>().HandleAsync(id, DateTime.UnixEpoch, "", Cancellation));
    }

    [Fact]
    public async Task Fire_OnlyNewPictures_TakesEachOnce()
    {
        _release.SetResult();
        var id = await SaveAsync(s => s.OnlyNewPictures = true);
        await _studio.UntilAsync((await FireAsync(id)).BatchId!.Value, BatchStatus.Finished);
        Assert.Equal((FireOutcome.Skipped, "The dataset has no new pictures."), ((await FireAsync(id)) is var none ? none.Outcome : default, none.Problem));
        var added = await AddPictureAsync(3);
        var second = await _studio.UntilAsync((await FireAsync(id)).BatchId!.Value, BatchStatus.Finished);
        Assert.Equal([added], (await _studio.RowsAsync(second.Id)).Select(r => r.ImageItemId));
    }

    [Fact]
    public async Task Fire_OnlyNewPictures_TakesAgainWhatACancelledBatchLeftOut()
    {
        var id = await SaveAsync(s => (s.OnlyNewPictures, s.Overlap) = (true, OverlapRule.CancelOlder));
        await FireAsync(id);
        var second = (await FireAsync(id)).BatchId!.Value;
        Assert.Equal(3, (await _studio.RowsAsync(second)).Count);
    }

    [Fact]
    public async Task History_Fires_AreNewestFirstWithTheirCause()
    {
        var id = await SaveAsync(s => s.Overlap = OverlapRule.Skip);
        await FireAsync(id);
        await _studio.Get<FireSchedule>().HandleAsync(id, FireCause.Clock, Cancellation);
        Assert.Equal([(FireCause.Clock, FireOutcome.Skipped), (FireCause.Person, FireOutcome.Began)],
            (await _studio.Get<ListSchedules>().HistoryAsync(id, 0, 10, Cancellation)).Select(f => (f.Cause, f.Outcome)));
    }

    [Fact]
    public async Task Forecast_AfterABatch_KnowsItsPace()
    {
        _release.SetResult();
        var id = await SaveAsync(s => s.DoneBy = new TimeOnly(6, 0));
        var batch = await _studio.UntilAsync((await FireAsync(id)).BatchId!.Value, BatchStatus.Finished);
        await using (var db = _studio.OpenDatabase())
            await db.Batches.Where(b => b.Id == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.ActiveSeconds, 1.5), Cancellation);
        var forecast = Assert.Single(await _studio.Get<ListSchedules>().HandleAsync(Cancellation)).Forecast;
        Assert.Equal((3, 2.0, false), (forecast.Rows, forecast.RowsPerSecond, forecast.IsLate));
        Assert.Equal(TimeSpan.FromHours(4), forecast.Deadline - forecast.StartsAt);
    }

    [Fact]
    public async Task Forecast_RowsWithEarlierAnswers_AreNoPace()
    {
        _release.SetResult();
        var id = await SaveAsync(_ => { });
        var first = await _studio.UntilAsync((await FireAsync(id)).BatchId!.Value, BatchStatus.Finished);
        var second = await _studio.UntilAsync((await FireAsync(id)).BatchId!.Value, BatchStatus.Finished);
        Assert.All(await _studio.RowsAsync(second.Id), r => Assert.NotNull(r.ReusedFromRowId));
        await using (var db = _studio.OpenDatabase())
            await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.ActiveSeconds, b => b.Id == first.Id ? 1.5 : 0.01), Cancellation);
        Assert.Equal(2.0, Assert.Single(await _studio.Get<ListSchedules>().HandleAsync(Cancellation)).Forecast.RowsPerSecond);
    }

    private Task<FiredSchedule> FireAsync(int id) => _studio.Get<FireSchedule>().HandleAsync(id, FireCause.Person, Cancellation);

    private async Task<int> SaveAsync(Action<Schedule> change)
    {
        await using var db = _studio.OpenDatabase();
        var template = await db.TemplateVersions.Where(v => v.Id == _scene.VersionId).Select(v => v.TemplateId).SingleAsync(Cancellation);
        var draft = new Schedule { Name = "Nightly", Cron = "0 0 2 * * ?", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = _scene.DatasetId, TemplateId = template };
        change(draft);
        var saved = await _studio.Get<SaveSchedule>().HandleAsync(draft, Cancellation);
        Assert.Empty(saved.Problems);
        return saved.Schedule!.Id;
    }

    private async Task<long> AddPictureAsync(int ordinal)
    {
        await using var db = _studio.OpenDatabase();
        var first = await db.Images.AsNoTracking().FirstAsync(Cancellation);
        var item = new ImageItem { DatasetId = _scene.DatasetId, Ordinal = ordinal, Path = "new.jpg", ContentHash = first.ContentHash, Width = 10, Height = 10, Quality = new() };
        db.Images.Add(item);
        await db.SaveChangesAsync(Cancellation);
        return item.Id;
    }

    /// <summary>A fire as the folder watch notes it.</summary>
    private async Task<long> WaitingAsync(int id)
    {
        await using var db = _studio.OpenDatabase();
        var fire = new ScheduleFire { ScheduleId = id, Cause = FireCause.Folder, Outcome = FireOutcome.Waiting };
        db.Add(fire);
        await db.SaveChangesAsync(Cancellation);
        return fire.Id;
    }

    private async Task<List<Batch>> BatchesAsync(int id)
    {
        await using var db = _studio.OpenDatabase();
        return await db.Batches.Where(b => b.ScheduleId == id).ToListAsync(Cancellation);
    }
}
