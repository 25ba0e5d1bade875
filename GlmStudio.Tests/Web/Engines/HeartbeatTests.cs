using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GlmStudio.Tests.Web.Engines;

[Collection(typeof(OnPostgres))]
public sealed class HeartbeatTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beat_RunningServer_SaysWhatTheNodeHas()
    {
        await using var studio = await StartAsync();
        await BeatAsync(studio, isDraining: false);
        var node = Assert.Single(await studio.Get<LiveNodes>().TakingWorkAsync(Cancellation));
        Assert.Equal((OwnerProcess.Current, "north", Environment.ProcessorCount), (node.Id, node.Name, node.Cores));
        Assert.Equal(["reader"], node.Loaded);
    }

    [Fact]
    public async Task Beat_Again_KeepsTheStart()
    {
        await using var studio = await StartAsync();
        await BeatAsync(studio, isDraining: false);
        var first = Assert.Single(await studio.Get<LiveNodes>().ListAsync(Cancellation)).Node;
        await BeatAsync(studio, isDraining: true);
        var (second, state, _) = Assert.Single(await studio.Get<LiveNodes>().ListAsync(Cancellation));
        Assert.Equal((first.StartedAt, NodeState.Drains), (second.StartedAt, state));
        Assert.True(second.SeenAt > first.SeenAt);
    }

    [Fact]
    public async Task Beat_NodeThatIsLongGone_IsForgotten()
    {
        await using var studio = await StartAsync();
        await using var db = studio.OpenDatabase();
        db.Nodes.Add(new() { Id = "old", Name = "old", Version = "1", Device = "cpu", SeenAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2) });
        await db.SaveChangesAsync(Cancellation);
        await BeatAsync(studio, isDraining: false);
        Assert.DoesNotContain("old", await db.Nodes.Select(n => n.Id).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Stop_Server_TakesItsLineAway()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using (var studio = await StartAsync(connection)) await BeatAsync(studio, isDraining: false);
        await using var db = new StudioDatabase(connection).CreateDbContext();
        Assert.Empty(await db.Nodes.ToListAsync(Cancellation));
    }

    private async Task<StudioApp> StartAsync(string? connection = null) =>
        await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Studio:Database={connection ?? await postgres.CreateDatabaseAsync()}", "--Cluster:Name=north");

    /// <summary>The service of a running server beats by itself too; this one is at a known moment.</summary>
    private static Task BeatAsync(StudioApp studio, bool isDraining) =>
        studio.Services.GetServices<IHostedService>().OfType<Heartbeat>().Single().BeatAsync(isDraining, Cancellation);
}
