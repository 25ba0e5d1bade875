using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Web.Features.Batches;

[Collection(typeof(OnPostgres))]
public sealed class RowClaimsTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_ManyAtOnce_NoRowTwice(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var id = await RunningElsewhereAsync(studio, 60);
        var claims = studio.Get<RowClaims>();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            List<long> rows = [];
            while (await claims.ClaimAsync(id, Cancellation) is { } row) rows.Add(row.Id);
            return rows;
        }, Cancellation)));
        var all = taken.SelectMany(r => r).ToList();
        Assert.Equal(60, all.Count);
        Assert.Equal(60, all.Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ClaimTakenBack_SavesOnlyTheSecond(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var id = await RunningElsewhereAsync(studio, 1);
        var claims = studio.Get<RowClaims>();
        var first = (await claims.ClaimAsync(id, Cancellation))!;
        await claims.ReleaseAsync(first);
        var second = (await claims.ClaimAsync(id, Cancellation))!;
        Assert.False(await claims.AnswerAsync(first, Said("first")));
        Assert.True(await claims.AnswerAsync(second, Said("second")));
        Assert.False(await claims.AnswerAsync(second, Said("third")));
        var row = Assert.Single(await studio.RowsAsync(id));
        Assert.Equal("second", row.Answer);
        Assert.Equal("second", Assert.Single(row.Cells).Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_Row_ComesWithAllThatItsRunNeeds(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var id = await RunningElsewhereAsync(studio, 1, item =>
        {
            item.Page = 3;
            item.Quality = new ImageQuality { Notes = ["blurred", "dark"] };
        });
        var row = (await studio.Get<RowClaims>().ClaimAsync(id, Cancellation))!;
        var stored = Assert.Single(await studio.RowsAsync(id));
        Assert.Equal((stored.Id, id, 1, stored.ImageItem!.ContentHash, 3, stored.ImageItemId, 0), (row.Id, row.BatchId, row.Attempt, row.ContentHash, row.Page, row.ImageItemId, row.Repeat));
        Assert.Equal(["blurred", "dark"], row.Quality);
        Assert.Equal((RowStatus.Running, OwnerProcess.Current), (stored.Status, stored.NodeId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ByAnotherNode_IsRefused(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var row = (await studio.Get<RowClaims>().ClaimAsync(await RunningElsewhereAsync(studio, 1), Cancellation))!;
        Assert.False(await ClaimsOf(studio, "other").AnswerAsync(row, Said("stolen")));
        Assert.False(await ClaimsOf(studio, "other").FailAsync(row, "No.", 0.1));
        Assert.True(await studio.Get<RowClaims>().AnswerAsync(row, Said("mine")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reclaim_LeaseEnded_WaitsAgainAndTheLateAnswerIsRefused(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var id = await RunningElsewhereAsync(studio, 2);
        var (late, alive) = (ClaimsOf(studio, "late"), ClaimsOf(studio, "alive"));
        var first = (await late.ClaimAsync(id, Cancellation))!;
        var second = (await alive.ClaimAsync(id, Cancellation))!;
        await using (var db = studio.OpenDatabase())
            await db.Rows.Where(r => r.Id == first.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, r => r.LeaseUntil!.Value.AddSeconds(-61)), Cancellation);
        Assert.Equal([id], await alive.ReclaimAsync(_ => false, Cancellation));
        Assert.Empty(await alive.ReclaimAsync(_ => false, Cancellation));
        Assert.False(await late.AnswerAsync(first, Said("late")));
        var again = (await alive.ClaimAsync(id, Cancellation))!;
        Assert.Equal((first.Id, 2), (again.Id, again.Attempt));
        Assert.True(await alive.AnswerAsync(second, Said("two")));
    }

    /// <summary>A node that stands still in the middle of saving holds its row's lock; whoever waited for it would take back nothing else either.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Reclaim_RowThatIsBeingSaved_IsPassedOver()
    {
        await using var studio = await StartAsync(onPostgres: true);
        var id = await RunningElsewhereAsync(studio, 2);
        var dead = ClaimsOf(studio, "dead");
        var (saved, other) = ((await dead.ClaimAsync(id, Cancellation))!, (await dead.ClaimAsync(id, Cancellation))!);
        await using (var still = studio.OpenDatabase())
        {
            await using var middle = await still.Database.BeginTransactionAsync(Cancellation);
            await still.Rows.Where(r => r.Id == saved.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Answer, "half"), Cancellation);
            Assert.Equal([id], await studio.Get<RowClaims>().ReclaimAsync(node => node == "dead", Cancellation));
            Assert.Equal([(saved.Id, RowStatus.Running), (other.Id, RowStatus.Queued)], (await studio.RowsAsync(id)).Select(r => (r.Id, r.Status)));
        }
        Assert.Equal([id], await studio.Get<RowClaims>().ReclaimAsync(node => node == "dead", Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reclaim_NodeHasEnded_DoesNotWaitForItsLease(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var id = await RunningElsewhereAsync(studio, 2);
        await ClaimsOf(studio, "dead").ClaimAsync(id, Cancellation);
        await ClaimsOf(studio, "alive").ClaimAsync(id, Cancellation);
        Assert.Equal([id], await studio.Get<RowClaims>().ReclaimAsync(node => node == "dead", Cancellation));
        Assert.Equal([(RowStatus.Queued, null), (RowStatus.Running, "alive")], (await studio.RowsAsync(id)).Select(r => (r.Status, r.NodeId)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reclaim_RowOfAVersionWithoutLeases_WaitsAgain(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var id = await RunningElsewhereAsync(studio, 1);
        await using (var db = studio.OpenDatabase()) await db.Rows.ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Running), Cancellation);
        Assert.Equal([id], await studio.Get<RowClaims>().ReclaimAsync(_ => false, Cancellation));
        Assert.Equal(RowStatus.Queued, (await studio.RowsAsync(id))[0].Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renew_HeldAndLostRows_ProlongsTheHeldAndTellsThem(bool onPostgres)
    {
        await using var studio = await StartAsync(onPostgres);
        var id = await RunningElsewhereAsync(studio, 2);
        var claims = studio.Get<RowClaims>();
        var (held, lost) = ((await claims.ClaimAsync(id, Cancellation))!, (await claims.ClaimAsync(id, Cancellation))!);
        await claims.ReleaseAsync(lost);
        await ClaimsOf(studio, "other").ClaimAsync(id, Cancellation);
        var before = (await studio.RowsAsync(id)).Select(r => r.LeaseUntil!.Value).ToList();
        Assert.Equal([(held.Id, 1)], await claims.RenewAsync([(held.Id, 1), (lost.Id, 1)], Cancellation));
        var after = (await studio.RowsAsync(id)).Select(r => r.LeaseUntil!.Value).ToList();
        Assert.True(after[0] > before[0]);
        Assert.Equal(before[1], after[1]);
    }

    [Fact]
    public async Task Lease_NodeWithAWrongClock_IsInTheDatabasesClock()
    {
        var wrong = new SetClock(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var studio = await StartAsync(onPostgres: true);
        var id = await RunningElsewhereAsync(studio, 1);
        var claims = new RowClaims(studio.Get<StudioDatabase>(), new DatabaseClock(wrong), studio.Get<IOptions<BatchOptions>>(), wrong);
        var row = (await claims.ClaimAsync(id, Cancellation))!;
        Assert.Empty(await studio.Get<RowClaims>().ReclaimAsync(_ => false, Cancellation));
        Assert.True(await claims.AnswerAsync(row, Said("now")));
        Assert.True((await studio.RowsAsync(id))[0].AnsweredAt > new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task Claim_AnotherNodeIsTakingTheFirstRow_PassesItOver()
    {
        await using var studio = await StartAsync(onPostgres: true);
        var id = await RunningElsewhereAsync(studio, 2);
        var rows = await studio.RowsAsync(id);
        await using var db = studio.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await db.Rows.Where(r => r.Id == rows[0].Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Comment, "held"), Cancellation);
        Assert.Equal(rows[1].Id, (await studio.Get<RowClaims>().ClaimAsync(id, Cancellation))!.Id);
        Assert.Null(await studio.Get<RowClaims>().ClaimAsync(id, Cancellation));
    }

    [Fact]
    public async Task Run_OnPostgres_AnswersEveryRowOnce()
    {
        var engine = new FakeEngine();
        await using var studio = await StartAsync(onPostgres: true, engine);
        var id = await studio.StartBatchAsync(40);
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.All(await studio.RowsAsync(id), r => Assert.Equal((RowStatus.Answered, 1, 2), (r.Status, r.Attempts, r.Cells.Count)));
        Assert.Equal(40, engine.Calls);
    }

    private async Task<StudioApp> StartAsync(bool onPostgres, FakeEngine? engine = null) => await StudioApp.StartAsync(
        s => s.UseEngine(engine ?? new FakeEngine()), onPostgres ? [$"--Studio:Database={await postgres.CreateDatabaseAsync()}"] : []);

    /// <summary>A running batch that the server of this test leaves alone.</summary>
    private static async Task<int> RunningElsewhereAsync(StudioApp studio, int pictures, Action<ImageItem>? change = null)
    {
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(pictures, change)), OwnerProcess.Current);
        await using var db = studio.OpenDatabase();
        await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Running), Cancellation);
        return id;
    }

    /// <summary>A node beside this process's own. Its name is not a process's, so nobody thinks it has ended.</summary>
    private static RowClaims ClaimsOf(StudioApp studio, string node) =>
        new(studio.Get<StudioDatabase>(), studio.Get<DatabaseClock>(), studio.Get<IOptions<BatchOptions>>(), TimeProvider.System) { Node = node };

    private static RowAnswer Said(string text) => new(text, 0.1, [new Cell { FieldKey = "total", Value = text }]);
}
