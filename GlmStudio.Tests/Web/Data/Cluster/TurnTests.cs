using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using Npgsql;

namespace GlmStudio.Tests.Web.Data.Cluster;

[Collection(typeof(OnPostgres))]
public sealed class TurnTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SoleTurn_TwoNodes_IsOneNodesUntilItLeaves()
    {
        var database = new StudioDatabase(await postgres.CreateDatabaseAsync());
        await using var first = new SoleTurn(database, Turn.FollowSchedules);
        await using var second = new SoleTurn(database, Turn.FollowSchedules);
        Assert.True(await first.IsOursAsync(Cancellation));
        Assert.True(await first.IsOursAsync(Cancellation));
        Assert.False(await second.IsOursAsync(Cancellation));
        await first.DisposeAsync();
        await IsOursSoonAsync(second);
    }

    [Fact]
    public async Task SoleTurn_LostConnection_LosesTheTurn()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var wire = new BreakableWire(connection);
        await using var first = new SoleTurn(new StudioDatabase(wire.ConnectionString), Turn.FollowSchedules);
        await using var second = new SoleTurn(new StudioDatabase(connection), Turn.FollowSchedules);
        Assert.True(await first.IsOursAsync(Cancellation));
        wire.Cut();
        Assert.False(await first.IsOursAsync(Cancellation));
        await IsOursSoonAsync(second);
        wire.Mend();
        Assert.False(await first.IsOursAsync(Cancellation));
    }

    [Fact]
    public async Task SoleTurn_OnSqlite_IsAlwaysOurs()
    {
        await using var turn = new SoleTurn(new StudioDatabase("Data Source=:memory:"), Turn.FollowSchedules);
        Assert.True(await turn.IsOursAsync(Cancellation));
    }

    [Fact]
    public async Task Turns_TwoNodes_GoOneAfterTheOther()
    {
        var turns = new Turns(new StudioDatabase(await postgres.CreateDatabaseAsync()));
        var first = await turns.EnterAsync(Turn.PictureStore, Cancellation);
        var second = turns.EnterAsync(Turn.PictureStore, Cancellation);
        await using (await turns.EnterAsync(Turn.FireSchedule, Cancellation)) Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task Turns_GivenUpWhileWaiting_LeaveNoConnectionBehind()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var turns = new Turns(new StudioDatabase(connection));
        await using var first = await turns.EnterAsync(Turn.PictureStore, Cancellation);
        using var impatient = new CancellationTokenSource();
        var second = turns.EnterAsync(Turn.PictureStore, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await using var source = NpgsqlDataSource.Create(connection);
        await using var waiting = source.CreateCommand("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((long)(await waiting.ExecuteScalarAsync(Cancellation))! > 0) await timer.WaitForNextTickAsync(Cancellation);
    }

    // The server frees the locks of a session when it has noticed that it ended.
    private static async Task IsOursSoonAsync(SoleTurn turn)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await turn.IsOursAsync(Cancellation)) await timer.WaitForNextTickAsync(Cancellation);
    }
}
