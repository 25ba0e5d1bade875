using Npgsql;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Whether the database answers. A failed operation raises the suspicion, a question of its own settles it. A SQLite file always answers.</summary>
public sealed partial class DatabaseHealth : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly StudioDatabase _database;
    private readonly ChangeFeed _changes;
    private readonly TimeProvider _time;
    private readonly ILogger<DatabaseHealth> _log;
    private readonly SemaphoreSlim _one = new(1);
    private readonly SemaphoreSlim _suspicion = new(0, 1);
    private object? _awaySince;

    public DatabaseHealth(StudioDatabase database, ChangeFeed changes, TimeProvider time, ILogger<DatabaseHealth> log)
    {
        (_database, _changes, _time, _log) = (database, changes, time, log);
        database.Failed += Suspect;
    }

    /// <summary>Since when it does not answer (UTC); null while it does.</summary>
    public DateTime? AwaySince => Volatile.Read(ref _awaySince) as DateTime?;

    /// <summary>It went away or came back.</summary>
    public event Action? Changed;

    /// <summary>Asks the database now.</summary>
    /// <returns>Whether it answered.</returns>
    public async Task<bool> AskAsync(CancellationToken cancellation)
    {
        if (!_database.IsPostgres) return true;
        await _one.WaitAsync(cancellation);
        try
        {
            // The first question may meet a pooled connection that broke long ago; the second one opens a new one.
            var answers = await AnswersAsync(cancellation) || await AnswersAsync(cancellation);
            if (answers == AwaySince is null) return answers;
            if (answers) Return();
            else Leave();
            return answers;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Returns when an operation failed as if the database were away, or after a while.</summary>
    internal async Task SuspicionAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource(atMost, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        await _suspicion.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _database.Failed -= Suspect;
        _one.Dispose();
        _suspicion.Dispose();
    }

    private void Leave()
    {
        Volatile.Write(ref _awaySince, _time.GetUtcNow().UtcDateTime);
        LogAway();
        Changed?.Invoke();
    }

    private void Return()
    {
        var away = _time.GetUtcNow().UtcDateTime - AwaySince!.Value;
        Volatile.Write(ref _awaySince, null);
        LogBack(away);
        Changed?.Invoke();
        // What a page wanted to read meanwhile it reads now.
        _changes.WakeAll();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        try
        {
            await connection.OpenAsync(patience.Token);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(patience.Token);
            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            NpgsqlConnection.ClearPool(connection);
            return false;
        }
    }

    private void Suspect(Exception fault)
    {
        if (AwaySince is not null || !DatabaseFaults.IsAway(fault)) return;
        try
        {
            _suspicion.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is suspected already.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer; work waits and goes on by itself")]
    private partial void LogAway();

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again, after {Away}")]
    private partial void LogBack(TimeSpan away);
}
