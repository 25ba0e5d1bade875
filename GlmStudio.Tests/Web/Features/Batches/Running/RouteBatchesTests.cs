using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Datasets;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches.Running;

/// <summary>Batches go to the nodes that have their engine. Other nodes are lines in the table.</summary>
[Collection(typeof(OnPostgres))]
public sealed class RouteBatchesTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_EngineOfThisNode_IsTakenHere()
    {
        await using var studio = await StartAsync(await postgres.CreateDatabaseAsync(), "reader");
        var batch = await studio.StartBatchAsync(1);
        Assert.Null((await studio.UntilAsync(batch, BatchStatus.Finished)).Problem);
    }

    [Fact]
    public async Task Waiting_EngineLoadedElsewhere_IsLeftToThatNode()
    {
        await using var studio = await StartAsync(await postgres.CreateDatabaseAsync(), "reader");
        await AddNodeAsync(studio, loaded: ["reader", "Big"]);
        var batch = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(1)) with { Engine = "big" });
        Assert.Empty(await studio.Get<RouteBatches>().WaitingHereAsync(Cancellation));
        var waits = await studio.UntilAsync(batch, BatchStatus.Queued);
        Assert.Equal(("big", null), (waits.Engine, waits.Problem));
    }

    [Fact]
    public async Task Waiting_EngineOfNoNode_SaysSoUntilANodeHasIt()
    {
        var connection = await postgres.CreateDatabaseAsync();
        int batch;
        await using (var without = await StartAsync(connection, "reader"))
        {
            await AddNodeAsync(without, loaded: ["big"]);
            batch = await without.CreateAsync(BatchScene.Order(await without.SeedAsync(1)) with { Engine = "big" });
            await using (var db = without.OpenDatabase()) await db.Nodes.Where(n => n.Id == "other").ExecuteDeleteAsync(Cancellation);
            Assert.Empty(await without.Get<RouteBatches>().WaitingHereAsync(Cancellation));
            Assert.Equal(RouteBatches.NoNode, (await without.UntilAsync(batch, BatchStatus.Queued)).Problem);
        }
        await using var with = await StartAsync(connection, "big");
        Assert.Null((await with.UntilAsync(batch, BatchStatus.Finished)).Problem);
    }

    [Fact]
    public async Task Choices_OfANewBatch_NameTheNodesThatHaveAnEngine()
    {
        await using var studio = await StartAsync(await postgres.CreateDatabaseAsync(), "reader");
        await AddNodeAsync(studio, loaded: ["Reader", "Big"]);
        var choices = await studio.Get<NewBatchChoices>().EnginesAsync(Cancellation);
        Assert.Equal(["reader", "Big · other"], choices.Select(c => c.Title));
    }

    // A batch that fails instead of being left would be waited for.
    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_CheckpointCannotBeLoadedHere_IsLeftToANodeThatMay(bool another)
    {
        using var models = new TempFolder();
        models.Write("broken/config.json", "{}"u8.ToArray());
        await using var studio = await StartAsync(await postgres.CreateDatabaseAsync(), "reader", $"--Models:Folder={models.Path}");
        // Its own id is first of all, so this node tries before the other.
        if (another) await AddNodeAsync(studio, loaded: ["reader"], loadable: ["broken"], id: "~");
        // A new batch would be refused: the checkpoint broke after it was ordered.
        var batch = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(1)), OwnerProcess.Current);
        await using (var db = studio.OpenDatabase())
            await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Engine, "broken").SetProperty(b => b.Owner, (string?)null), Cancellation);
        studio.Get<BatchStates>().Raise(batch);
        if (!another)
        {
            Assert.NotNull((await studio.UntilAsync(batch, BatchStatus.Failed)).Problem);
            return;
        }
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (studio.Get<GlmStudio.Web.Engines.EngineCatalog>().CouldAnswer("broken")) await timer.WaitForNextTickAsync(Cancellation);
        Assert.Null((await studio.UntilAsync(batch, BatchStatus.Running)).Problem);
        Assert.Empty(await studio.Get<RouteBatches>().WaitingHereAsync(Cancellation));
        Assert.DoesNotContain("broken", studio.Get<GlmStudio.Web.Engines.NodeFacts>().Read().Loadable);
    }

    [Fact]
    public async Task Create_EngineNobodyHas_IsRefused()
    {
        await using var studio = await StartAsync(await postgres.CreateDatabaseAsync(), "reader");
        var created = await studio.Get<CreateBatch>().HandleAsync(BatchScene.Order(await studio.SeedAsync(1)) with { Engine = "big" }, Cancellation);
        Assert.Contains("big", created.Refusal, StringComparison.Ordinal);
    }

    /// <summary>Nodes without a common folder: the pictures are in the database.</summary>
    private static Task<StudioApp> StartAsync(string connection, string engine, params string[] settings) =>
        StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(name: engine)), [$"--Studio:Database={connection}", "--Studio:SmallImageBytes=1000", .. settings]);

    private static async Task AddNodeAsync(StudioApp studio, List<string> loaded, List<string>? loadable = null, string id = "other")
    {
        await using var db = studio.OpenDatabase();
        var now = await studio.Get<DatabaseClock>().NowAsync(db, Cancellation);
        db.Nodes.Add(new() { Id = id, Name = "other", Version = "1", Device = "cpu", SeenAt = now.AddHours(1), Loaded = loaded, Loadable = loadable ?? [] });
        await db.SaveChangesAsync(Cancellation);
    }
}
