using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GlmStudio.Tests.Web.Data.Cluster;

[Collection(typeof(OnPostgres))]
public sealed class DatabaseStartTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_DatabaseComesLater_GoesOnThen()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        wire.Cut();
        var database = new StudioDatabase(wire.ConnectionString);
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        database.Failed += _ => refused.TrySetResult();
        var waiting = Start(database, seconds: 600).WaitAsync(Cancellation);
        await refused.Task;
        wire.Mend();
        await waiting;
        await using var db = database.CreateDbContext();
        Assert.True(await db.Database.CanConnectAsync(Cancellation));
    }

    [Fact]
    public async Task Wait_DatabaseStaysAway_EndsWithItsFault()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        wire.Cut();
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Start(new StudioDatabase(wire.ConnectionString), seconds: 0).WaitAsync(Cancellation));
        Assert.True(DatabaseFaults.IsAway(fault), fault.ToString());
    }

    [Fact]
    public async Task Wait_DatabaseRefusesTheUser_EndsAtOnce()
    {
        var wrong = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()) { Username = "nobody-of-that-name" };
        await Assert.ThrowsAsync<PostgresException>(() => Start(new StudioDatabase(wrong.ConnectionString), seconds: 600).WaitAsync(Cancellation));
    }

    private static DatabaseStart Start(StudioDatabase database, int seconds) =>
        new(database, Options.Create(new ClusterOptions { StartWaitSeconds = seconds }), TimeProvider.System, NullLogger<DatabaseStart>.Instance);
}
