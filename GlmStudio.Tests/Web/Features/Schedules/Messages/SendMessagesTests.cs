using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Batches;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Schedules.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Schedules.Messages;

/// <summary>From a batch that ends to the messenger, which is a server of the test.</summary>
public sealed class SendMessagesTests : IAsyncLifetime
{
    private const string Key = "top-secret-key";
    private readonly List<JsonElement> _received = [];
    private Func<int, string> _answer = _ => """{"errcode":0}""";
    private OtherServer _messenger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _messenger = await OtherServer.StartAsync(async http =>
    {
        var body = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
        lock (_received) _received.Add(body);
        await http.Response.WriteAsync(_answer(_received.Count));
    });

    public ValueTask DisposeAsync() => _messenger.DisposeAsync();

    [Fact]
    public async Task Batch_Finished_IsToldOnceInTheSchedulesLanguage()
    {
        await using var studio = await StartAsync();
        var id = await SaveAsync(studio, "zh");
        await RunAsync(studio, id);
        await ArrivedAsync(studio, id);
        await studio.Get<NoteEnds>().HandleAsync(Cancellation);
        await studio.Get<SendMessages>().HandleAsync(Cancellation);
        var text = Assert.Single(_received).GetProperty("markdown").GetProperty("content").GetString()!;
        Assert.Contains("每晚 · ", text, StringComparison.Ordinal);
        Assert.Contains("：已完成\n数据集 May，模板 Slip v1，引擎 reader\n行数：2，已答：2，失败：0", text, StringComparison.Ordinal);
        Assert.Contains("https://studio.example/batches/1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_PausedByAProblem_IsToldEachTime_AndAPersonsPauseNever()
    {
        await using var studio = await StartAsync();
        var id = await SaveAsync(studio, "en");
        await RunAsync(studio, id);
        await ArrivedAsync(studio, id);
        foreach (var (status, problem) in ((BatchStatus, string?)[])[(BatchStatus.Paused, null), (BatchStatus.Paused, "Too many rows fail."), (BatchStatus.Running, null), (BatchStatus.Paused, "Too many rows fail.")])
        {
            await using (var db = studio.OpenDatabase())
                await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, status).SetProperty(b => b.Problem, problem), Cancellation);
            await studio.Get<NoteEnds>().HandleAsync(Cancellation);
        }
        await using var after = studio.OpenDatabase();
        var told = await after.ScheduleMessages.OrderBy(m => m.Id).Select(m => m.Text).ToListAsync(Cancellation);
        Assert.Equal([": finished", ": paused", ": paused"], told.Select(t => t.Split('\n')[0]).Select(line => line[line.LastIndexOf(':')..]));
        Assert.All(told.Skip(1), text => Assert.Contains("\nToo many rows fail.\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pace_RowsWithEarlierAnswers_AreNotCounted()
    {
        await using var studio = await StartAsync();
        var id = await SaveAsync(studio, "en");
        await RunAsync(studio, id);
        await ArrivedAsync(studio, id);
        await using (var db = studio.OpenDatabase())
        {
            await db.Rows.Where(r => r.Ordinal == 1).ExecuteUpdateAsync(set => set.SetProperty(r => r.ReusedFromRowId, 99), Cancellation);
            await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.ActiveSeconds, 4.0), Cancellation);
            await db.ScheduleFires.ExecuteUpdateAsync(set => set.SetProperty(f => f.NotedEnd, (BatchStatus?)null), Cancellation);
        }
        await studio.Get<NoteEnds>().HandleAsync(Cancellation);
        await using var after = studio.OpenDatabase();
        var message = await after.ScheduleMessages.OrderBy(m => m.Id).LastAsync(Cancellation);
        Assert.Contains("Took 00:00:04, 0.25 rows a second", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messenger_ThatRefuses_IsTriedAgainLater_AndNothingIsLost()
    {
        _answer = call => call == 1 ? """{"errcode":45009,"errmsg":"top-secret-key"}""" : """{"errcode":0}""";
        var clock = new SetClock(TimeProvider.System.GetUtcNow());
        await using var studio = await StartAsync(clock);
        var id = await SaveAsync(studio, "en");
        await RunAsync(studio, id);
        var failed = await UntilAsync(studio, m => m.Problem != null);
        Assert.Equal((1, clock.Now.UtcDateTime.AddMinutes(1)), (failed.Attempts, failed.DueAt));
        Assert.DoesNotContain(Key, failed.Problem, StringComparison.Ordinal);
        await studio.Get<SendMessages>().HandleAsync(Cancellation);
        Assert.Single(_received);
        clock.Now = clock.Now.AddMinutes(1);
        await studio.Get<SendMessages>().HandleAsync(Cancellation);
        await ArrivedAsync(studio, id);
        Assert.Equal(_received[0].ToString(), _received[1].ToString());
    }

    [Fact]
    public async Task Address_Stored_IsNeitherReadableNorShown()
    {
        await using var studio = await StartAsync();
        var id = await SaveAsync(studio, "en");
        var stored = (await studio.Get<ListSchedules>().FindAsync(id, Cancellation))!.Message!;
        Assert.DoesNotContain(Key, stored.Address, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", stored.Host);
        Assert.DoesNotContain(Key, await studio.Http.GetStringAsync(new Uri($"/schedules/{id}", UriKind.Relative), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrivateAddress_WithoutSetting_IsNotAsked()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await SaveAsync(studio, "en");
        await RunAsync(studio, id);
        Assert.Contains("Schedules:AllowedHosts", (await UntilAsync(studio, m => m.Problem != null)).Problem, StringComparison.Ordinal);
        Assert.Equal(0, _messenger.Calls);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(9, 240)]
    [InlineData(80, 240)]
    public void WaitAfter_Attempts_DoublesUpToFourHours(int attempts, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), SendMessages.WaitAfter(attempts));

    private Task<StudioApp> StartAsync(TimeProvider? clock = null) => StudioApp.StartAsync(s =>
    {
        s.UseEngine(new FakeEngine());
        if (clock is not null) s.AddSingleton(clock);
    }, $"--Schedules:AllowedHosts:0={_messenger.Authority}", "--Schedules:PublicUrl=https://studio.example");

    private async Task<int> SaveAsync(StudioApp studio, string language)
    {
        var scene = await studio.SeedAsync(2);
        await using var db = studio.OpenDatabase();
        var template = await db.TemplateVersions.Where(v => v.Id == scene.VersionId).Select(v => v.TemplateId).SingleAsync(Cancellation);
        var draft = new Schedule { Name = "每晚", Cron = "0 0 2 * * ?", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = scene.DatasetId, TemplateId = template, Language = language };
        var saved = await studio.Get<SaveSchedule>().HandleAsync(draft, new MessageDraft { Kind = MessageKind.WeCom, Address = $"{_messenger.Address}send?key={Key}" }, Cancellation);
        Assert.Empty(saved.Problems);
        return saved.Schedule!.Id;
    }

    private static async Task RunAsync(StudioApp studio, int id) =>
        await studio.UntilAsync((await studio.Get<FireSchedule>().HandleAsync(id, FireCause.Person, Cancellation)).BatchId!.Value, BatchStatus.Finished);

    private static Task<ScheduleMessage> ArrivedAsync(StudioApp studio, int id) => UntilAsync(studio, m => m.ScheduleId == id && m.SentAt != null);

    private static async Task<ScheduleMessage> UntilAsync(StudioApp studio, System.Linq.Expressions.Expression<Func<ScheduleMessage, bool>> holds)
    {
        using var changed = new SemaphoreSlim(0);
        using var subscription = studio.Get<GlmStudio.Web.Data.ChangeFeed>().Subscribe("schedule", null, () => Task.FromResult(changed.Release()));
        while (true)
        {
            await using (var db = studio.OpenDatabase())
                if (await db.ScheduleMessages.AsNoTracking().SingleOrDefaultAsync(holds, Cancellation) is { } found) return found;
            Assert.True(await changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation), "No message changed for a minute.");
        }
    }
}
