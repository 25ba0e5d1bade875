using GlmStudio.Tests.Support;
using GlmStudio.Web.Data.Cluster;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Web.Data.Cluster;

public sealed class LiveNodesTests : IAsyncLifetime
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly SetClock _clock = new(Noon);
    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(0, false, NodeState.Lives)]
    [InlineData(15, false, NodeState.Lives)]
    [InlineData(16, false, NodeState.Silent)]
    [InlineData(0, true, NodeState.Drains)]
    [InlineData(16, true, NodeState.Silent)]
    public async Task List_Node_SaysWhetherItLives(int secondsAgo, bool isDraining, NodeState expected)
    {
        await AddAsync(SomeNode("a", secondsAgo, isDraining));
        Assert.Equal(expected, Assert.Single(await Nodes().ListAsync(Cancellation)).State);
    }

    [Fact]
    public async Task TakingWork_ManyNodes_AreThoseThatLiveInTheOrderOfTheirIds()
    {
        await AddAsync(SomeNode("c", 1), SomeNode("a", 2), SomeNode("silent", 60), SomeNode("draining", 0, isDraining: true));
        Assert.Equal(["a", "c"], (await Nodes().TakingWorkAsync(Cancellation)).Select(n => n.Id));
    }

    private LiveNodes Nodes() => new(_database.Database, new DatabaseClock(_clock), Options.Create(new ClusterOptions { HeartbeatSeconds = 5 }));

    private async Task AddAsync(params GlmStudio.Web.Domain.Node[] nodes)
    {
        await using var db = _database.Open();
        db.Nodes.AddRange(nodes);
        await db.SaveChangesAsync(Cancellation);
    }

    private static GlmStudio.Web.Domain.Node SomeNode(string id, int secondsAgo, bool isDraining = false) =>
        new() { Id = id, Name = id, Version = "1", Device = "cpu", StartedAt = Noon, SeenAt = Noon.AddSeconds(-secondsAgo), IsDraining = isDraining };
}
