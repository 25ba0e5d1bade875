using GlmStudio.Tests.Support;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

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
        await claims.ReleaseOrphansAsync(id, Cancellation);
        var second = (await claims.ClaimAsync(id, Cancellation))!;
        Assert.False(await claims.AnswerAsync(first, Said("first")));
        Assert.True(await claims.AnswerAsync(second, Said("second")));
        Assert.False(await claims.AnswerAsync(second, Said("third")));
        var row = Assert.Single(await studio.RowsAsync(id));
        Assert.Equal("second", row.Answer);
        Assert.Equal("second", Assert.Single(row.Cells).Value);
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
    private static async Task<int> RunningElsewhereAsync(StudioApp studio, int pictures)
    {
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(pictures)), OwnerProcess.Current);
        await using var db = studio.OpenDatabase();
        await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Running), Cancellation);
        return id;
    }

    private static RowAnswer Said(string text) => new(text, 0.1, [new Cell { FieldKey = "total", Value = text }]);
}
