using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Web.Features.Schedules;

public sealed class HistoryTests : IAsyncLifetime
{
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private Schedule _schedule = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await using var db = _database.Open();
        _schedule = new Schedule
        {
            Name = "Nightly", Cron = "0 0 2 * * ?", TimeZone = "Asia/Shanghai", Engine = "reader", Misfire = MisfireRule.Skip,
            Dataset = new Dataset { Name = "May" }, Template = new Template { Key = "slip", Name = "Slip" },
        };
        db.Add(_schedule);
        await db.SaveChangesAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Prune_OldFires_KeepsThoseOf400DaysAndThoseThatWait()
    {
        await using (var db = _database.Open())
        {
            foreach (var (days, outcome) in new[] { (401, FireOutcome.Began), (401, FireOutcome.Waiting), (399, FireOutcome.Skipped) })
                db.ScheduleFires.Add(new ScheduleFire { ScheduleId = _schedule.Id, At = _clock.Now.UtcDateTime.AddDays(-days), Outcome = outcome });
            await db.SaveChangesAsync(Cancellation);
        }
        Assert.Equal(1, await new PruneHistory(_database.Database, Options.Create(new ScheduleOptions()), _clock).HandleAsync(Cancellation));
        Assert.Equal([FireOutcome.Waiting, FireOutcome.Skipped], (await FiresAsync()).Select(f => f.Outcome));
    }

    [Fact]
    public async Task NoteMissed_RuleSkip_CountsTheTimesThatPassed()
    {
        // 02:00 in Shanghai is 18:00 UTC of the day before: the 1st to the 4th of March.
        await new NoteMissed(_database.Database, _clock).HandleAsync(_schedule, new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.Zero), Cancellation);
        var fire = Assert.Single(await FiresAsync());
        Assert.Equal("The program did not run; times missed: 4", FiredSchedule.ReasonOf(fire)!.ToString());
        Assert.Equal(new DateTime(2026, 3, 4, 18, 0, 0, DateTimeKind.Utc), fire.At);
    }

    [Fact]
    public async Task NoteMissed_AnotherNodeNotedThem_NotesNothingMore()
    {
        var first = new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.Zero);
        await new NoteMissed(_database.Database, _clock).HandleAsync(_schedule, first, Cancellation);
        await new NoteMissed(_database.Database, _clock).HandleAsync(_schedule, first, Cancellation);
        Assert.Single(await FiresAsync());
    }

    [Theory]
    [InlineData(MisfireRule.FireOnce, -10)]
    [InlineData(MisfireRule.Skip, 10)]
    public async Task NoteMissed_NothingLeftOut_NotesNothing(MisfireRule rule, int hoursFromNow)
    {
        _schedule.Misfire = rule;
        await new NoteMissed(_database.Database, _clock).HandleAsync(_schedule, _clock.Now.AddHours(hoursFromNow), Cancellation);
        Assert.Empty(await FiresAsync());
    }

    private async Task<List<ScheduleFire>> FiresAsync()
    {
        await using var db = _database.Open();
        return await db.ScheduleFires.AsNoTracking().OrderBy(f => f.Id).ToListAsync(Cancellation);
    }
}
