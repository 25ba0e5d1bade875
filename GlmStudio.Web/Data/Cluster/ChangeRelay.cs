using System.Threading.Channels;
using Npgsql;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>On a server with PostgreSQL: tells the other nodes what changed here, and the local pages what changed there (LISTEN and NOTIFY).</summary>
internal sealed partial class ChangeRelay : BackgroundService
{
    private const string Name = "glmstudio_changes";
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(2);

    private readonly string _me = Guid.NewGuid().ToString("n");
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly GatheredChanges _gathered;
    private readonly StudioDatabase _database;
    private readonly ChangeFeed _changes;
    private readonly TimeProvider _time;
    private readonly ILogger<ChangeRelay> _log;

    public ChangeRelay(StudioDatabase database, ChangeFeed changes, TimeProvider time, ILogger<ChangeRelay> log)
    {
        (_database, _changes, _time, _log, _gathered) = (database, changes, time, log, new GatheredChanges(_me));
        if (database.IsPostgres) changes.Raised += Gather;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _database.IsPostgres ? Task.WhenAll(TellAsync(stoppingToken), ListenAsync(stoppingToken)) : Task.CompletedTask;

    private void Gather(string kind, long id)
    {
        _gathered.Add(kind, id);
        _wake.Writer.TryWrite(true);
    }

    private async Task TellAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await _wake.Reader.WaitToReadAsync(stop).AsTask().ContinueWith(_ => _wake.Reader.TryRead(out var _), TaskScheduler.Default);
            await Task.Delay(ChangeFeed.Pace, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // The last changes, of the rows that were given back at the stop, are told too.
            using var end = new CancellationTokenSource(LastWord, _time);
            if (await SendAsync(stop.IsCancellationRequested ? end.Token : stop)) continue;
            _gathered.AddAnything();
            await Task.Delay(LongestWait, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _wake.Writer.TryWrite(true);
        }
    }

    private async Task<bool> SendAsync(CancellationToken cancellation)
    {
        try
        {
            if (_gathered.Take() is not { Count: > 0 } messages) return true;
            await using var connection = new NpgsqlConnection(_database.ConnectionString);
            await connection.OpenAsync(cancellation);
            foreach (var message in messages)
            {
                await using var notify = new NpgsqlCommand($"SELECT pg_notify('{Name}', $1)", connection) { Parameters = { new() { Value = message } } };
                await notify.ExecuteNonQueryAsync(cancellation);
            }
            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        var wait = FirstWait;
        for (var isFirst = true; !stop.IsCancellationRequested; isFirst = false)
        {
            try
            {
                await using var connection = await _database.OpenSessionAsync(stop);
                connection.Notification += (_, heard) => ChangeMessage.Hear(heard.Payload, _me, _changes);
                await using (var listen = new NpgsqlCommand($"LISTEN {Name}", connection)) await listen.ExecuteNonQueryAsync(stop);
                // What was told while nobody listened is lost.
                if (!isFirst) _changes.WakeAll();
                wait = FirstWait;
                while (true) await connection.WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
            {
                LogBroken(fault.Message);
            }
            await Task.Delay(wait, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    public override void Dispose()
    {
        _changes.Raised -= Gather;
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that listens for changes of other nodes broke; trying again: {Problem}")]
    private partial void LogBroken(string problem);
}
