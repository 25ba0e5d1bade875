using System.Collections.Concurrent;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GlmStudio.Tests.Web.Data.Cluster;

/// <summary>Two nodes on one database, as far as changes go.</summary>
[Collection(typeof(OnPostgres))]
public sealed class ChangeRelayTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Raise_OnOneNode_WakesThePagesOfTheOther()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var here = await Side.StartAsync(connection);
        await using var there = await Side.StartAsync(connection);
        var (wanted, other) = (there.Await("batch", 12), there.Await("batch", 13));
        here.Changes.Raise("batch", 12);
        await wanted.WaitAsync(Cancellation);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task Raise_HundredsOfRowsASecond_AreFewMessages()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var here = await Side.StartAsync(connection);
        var heard = new ConcurrentQueue<string>();
        await using var ear = new NpgsqlConnection(connection);
        ear.Notification += (_, n) => heard.Enqueue(n.Payload);
        await ear.OpenAsync(Cancellation);
        await using (var listen = new NpgsqlCommand("LISTEN glmstudio_changes", ear)) await listen.ExecuteNonQueryAsync(Cancellation);
        const int ticks = 50;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < ticks; i++)
        {
            for (var row = 0; row < 10; row++) here.Changes.Raise("row", (i * 10) + row);
            here.Changes.Raise("batch", 1);
            await timer.WaitForNextTickAsync(Cancellation);
        }
        here.Changes.Raise("done", 1);
        while (!heard.Any(h => h.Contains("done", StringComparison.Ordinal))) await ear.WaitAsync(Cancellation);
        // A second and the ends: at most eleven, had it not been gathered 550.
        Assert.InRange(heard.Count, 1, 15);
        Assert.All(heard, h => Assert.InRange(h.Length, 1, 7_999));
    }

    [Fact]
    public async Task Listener_BrokenConnection_ListensAgainAndWakesEverybodyOnce()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        await using var here = await Side.StartAsync(wire.ConnectionString);
        var woken = here.Await("template", 3);
        wire.Cut();
        wire.Mend();
        await woken.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Raise_WhileTheWireIsCut_IsMadeUpFor()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var wire = new BreakableWire(connection);
        await using var here = await Side.StartAsync(wire.ConnectionString);
        await using var there = await Side.StartAsync(connection);
        var woken = there.Await("dataset", 4);
        wire.Cut();
        here.Changes.Raise("dataset", 4);
        // The relay has its moment to send, and cannot.
        await Task.Delay(ChangeFeed.Pace * 5, TimeProvider.System, Cancellation);
        wire.Mend();
        await woken.WaitAsync(Cancellation);
    }

    private sealed class Side : IAsyncDisposable
    {
        private readonly ChangeRelay _relay;

        private Side(string connection)
        {
            Changes = new ChangeFeed(TimeProvider.System);
            _relay = new ChangeRelay(new StudioDatabase(connection), Changes, TimeProvider.System, NullLogger<ChangeRelay>.Instance);
        }

        public ChangeFeed Changes { get; }

        /// <summary>Returns once it hears what it is told from outside.</summary>
        public static async Task<Side> StartAsync(string connection)
        {
            var side = new Side(connection);
            await side._relay.StartAsync(Cancellation);
            var listening = side.Await("test-ready", 1);
            await using var source = NpgsqlDataSource.Create(connection);
            while (!listening.IsCompleted)
            {
                await using (var tell = source.CreateCommand("SELECT pg_notify('glmstudio_changes', 'test|test-ready:1')")) await tell.ExecuteNonQueryAsync(Cancellation);
                await Task.WhenAny(listening, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation));
            }
            return side;
        }

        public Task Await(string kind, long id)
        {
            var woken = new TaskCompletionSource();
            Changes.Subscribe(kind, id, () => { woken.TrySetResult(); return Task.CompletedTask; });
            return woken.Task;
        }

        public async ValueTask DisposeAsync()
        {
            await _relay.StopAsync(CancellationToken.None);
            _relay.Dispose();
            Changes.Dispose();
        }
    }
}
