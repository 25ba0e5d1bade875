using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Batches;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Schedules;

/// <summary>Fires that another node took. Other nodes are lines in the table.</summary>
[Collection(typeof(OnPostgres))]
public sealed class ClaimedFiresTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Abandoned_FireOfANodeThatLives_IsLeftToItUntilItIsSilent()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(new FakeEngine());
            s.Remove(s.Single(d => d.ImplementationType == typeof(FollowSchedules)));
        }, $"--Studio:Database={connection}");
        var scene = await studio.SeedAsync(1);
        await using var db = studio.OpenDatabase();
        var now = await studio.Get<DatabaseClock>().NowAsync(db, Cancellation);
        var template = await db.TemplateVersions.Where(v => v.Id == scene.VersionId).Select(v => v.TemplateId).SingleAsync(Cancellation);
        var fire = new ScheduleFire
        {
            Cause = FireCause.Clock, Outcome = FireOutcome.Waiting,
            Schedule = new Schedule { Name = "Nightly", Cron = "0 0 2 * * ?", TimeZone = "UTC", Engine = "reader", DatasetId = scene.DatasetId, TemplateId = template },
        };
        var other = new GlmStudio.Web.Domain.Node { Id = "elsewhere|1|1", Name = "other", Version = "1", Device = "cpu", SeenAt = now.AddHours(1) };
        db.AddRange(fire, other);
        await db.SaveChangesAsync(Cancellation);
        await ClaimedFires.TakeAsync(db, fire.Id, Cancellation);
        await db.ScheduleFires.ExecuteUpdateAsync(set => set.SetProperty(f => f.Detail, other.Id), Cancellation);
        Assert.Empty(await studio.Get<ClaimedFires>().AbandonedAsync(Cancellation));
        var longAgo = now.AddHours(-1);
        await db.Nodes.Where(n => n.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.SeenAt, longAgo), Cancellation);
        Assert.Equal([fire.Id], await studio.Get<ClaimedFires>().AbandonedAsync(Cancellation));
    }
}
