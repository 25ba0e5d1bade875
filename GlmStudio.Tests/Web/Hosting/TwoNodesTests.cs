using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Templates;
using GlmStudio.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Hosting;

/// <summary>Two servers on one PostgreSQL database.</summary>
[Collection(typeof(OnPostgres))]
public sealed class TwoNodesTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_BothAtOnceOnAnEmptyDatabase_MakeEverythingOnce()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Studio:Database={connection}", "--Studio:Samples=true"), Cancellation)));
        await using var first = nodes[0];
        await using var second = nodes[1];
        await using var db = first.OpenDatabase();
        Assert.Equal([SampleProject.DatasetName], await db.Datasets.Select(d => d.Name).ToListAsync(Cancellation));
        Assert.All(await db.Templates.GroupBy(t => t.Key).Select(g => g.Count()).ToListAsync(Cancellation), c => Assert.Equal(1, c));
        Assert.Equal(1, await db.LabelSets.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Start_DatabaseThatIsNotThereYet_IsCreated()
    {
        var connection = (await postgres.CreateDatabaseAsync()).Replace("Database=test", "Database=new_test", StringComparison.Ordinal);
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Studio:Database={connection}");
        await using var db = studio.OpenDatabase();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancellation));
    }

    [Fact(Timeout = 600_000)]
    public async Task Schedule_EverySecondOnTwoNodes_FiresOnceATime()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var first = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Studio:Database={connection}");
        await using var second = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Studio:Database={connection}");
        var begin = TimeProvider.System.GetTimestamp();
        await SaveAsync(first);
        const int times = 8;
        var fires = await UntilAsync(first, times);
        // However late they come, there are never more of them than seconds went by.
        Assert.InRange(fires, times, TimeProvider.System.GetElapsedTime(begin).TotalSeconds + 1);
    }

    private static async Task SaveAsync(StudioApp studio)
    {
        var template = (await studio.Get<FindTemplate>().HandleAsync("receipt", Cancellation)).Version!.TemplateId;
        await using var db = studio.OpenDatabase();
        var dataset = new Dataset { Name = "三月", CreatedAt = DateTime.UnixEpoch };
        db.Datasets.Add(dataset);
        await db.SaveChangesAsync(Cancellation);
        var saved = await studio.Get<SaveSchedule>().HandleAsync(
            new Schedule { Name = "每分", Cron = "0 * * * * ?", TimeZone = "UTC", Engine = "reader", DatasetId = dataset.Id, TemplateId = template }, Cancellation);
        Assert.Empty(saved.Problems);
        // People may not: the test has no minutes to wait.
        saved.Schedule!.Cron = "* * * * * ?";
        await studio.Get<ScheduleClock>().ApplyAsync(saved.Schedule, Cancellation);
    }

    private static async Task<double> UntilAsync(StudioApp studio, int count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync(Cancellation))
        {
            await using var db = studio.OpenDatabase();
            if (await db.ScheduleFires.CountAsync(Cancellation) is var fires && fires >= count) return fires;
        }
        throw new OperationCanceledException();
    }
}
