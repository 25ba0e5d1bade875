using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace GlmStudio.Tests.Web.Data.Cluster;

[Collection(typeof(OnPostgres))]
public sealed class DatabaseHealthTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 3, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_CutAndMendedWire_TellsOfBoth()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        using var changes = new ChangeFeed(TimeProvider.System);
        using var health = new DatabaseHealth(new StudioDatabase(wire.ConnectionString), changes, new SetClock(Noon), NullLogger<DatabaseHealth>.Instance);
        var told = 0;
        health.Changed += () => told++;
        Assert.True(await health.AskAsync(Cancellation));
        Assert.Equal((null, 0), (health.AwaySince, told));
        wire.Cut();
        Assert.False(await health.AskAsync(Cancellation));
        Assert.Equal((Noon.UtcDateTime, 1), (health.AwaySince, told));
        wire.Mend();
        Assert.True(await health.AskAsync(Cancellation));
        Assert.Equal((null, 2), (health.AwaySince, told));
    }

    [Fact]
    public async Task Ask_BrokenPooledConnection_IsNotAway()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        using var changes = new ChangeFeed(TimeProvider.System);
        using var health = new DatabaseHealth(new StudioDatabase(wire.ConnectionString), changes, TimeProvider.System, NullLogger<DatabaseHealth>.Instance);
        Assert.True(await health.AskAsync(Cancellation));
        wire.Cut();
        wire.Mend();
        Assert.True(await health.AskAsync(Cancellation));
        Assert.Null(health.AwaySince);
    }

    [Fact]
    public async Task Back_PagesThatCouldNotRead_AreWokenAgain()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        using var changes = new ChangeFeed(TimeProvider.System);
        using var health = new DatabaseHealth(new StudioDatabase(wire.ConnectionString), changes, TimeProvider.System, NullLogger<DatabaseHealth>.Instance);
        var woken = new TaskCompletionSource();
        changes.Subscribe("batch", 1, () => { woken.TrySetResult(); return Task.CompletedTask; });
        wire.Cut();
        await health.AskAsync(Cancellation);
        wire.Mend();
        await health.AskAsync(Cancellation);
        await woken.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Suspicion_FailedOperation_EndsTheWait()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        var database = new StudioDatabase(wire.ConnectionString);
        using var changes = new ChangeFeed(TimeProvider.System);
        using var health = new DatabaseHealth(database, changes, TimeProvider.System, NullLogger<DatabaseHealth>.Instance);
        var suspicion = health.SuspicionAsync(TimeSpan.FromMinutes(10), Cancellation);
        wire.Cut();
        await using var db = database.CreateDbContext();
        await Assert.ThrowsAnyAsync<Exception>(() => db.Nodes.CountAsync(Cancellation));
        await suspicion.WaitAsync(Cancellation);
    }
}
