using Npgsql;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Ongoing work that one node does until it ends: then another takes it over. A lock of a database session, so a process that dies loses it at once; on SQLite always this process's.</summary>
/// <remarks>A node whose connection breaks may still be in the middle of a piece of work when the next one begins: each piece is safe to be met twice.</remarks>
public sealed class SoleTurn(StudioDatabase database, Turn turn) : IAsyncDisposable
{
    private NpgsqlConnection? _session;
    private bool _isHeld;

    /// <summary>Whether this node may do the work now; takes the turn where it is free. One caller at a time.</summary>
    public async Task<bool> IsOursAsync(CancellationToken cancellation)
    {
        if (!database.IsPostgres) return true;
        try
        {
            _session ??= await database.OpenSessionAsync(cancellation);
            // Held already, a question shows that the session lives.
            await using var ask = new NpgsqlCommand(_isHeld ? "SELECT true" : "SELECT pg_try_advisory_lock($1, $2)", _session);
            if (!_isHeld) ask.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Turns.Space }, new() { Value = (int)turn } });
            return _isHeld = (bool)(await ask.ExecuteScalarAsync(cancellation))!;
        }
        catch (NpgsqlException)
        {
            await DisposeAsync();
            return false;
        }
    }

    /// <summary>Leaves the turn to others.</summary>
    public async ValueTask DisposeAsync()
    {
        _isHeld = false;
        if (Interlocked.Exchange(ref _session, null) is { } session) await session.DisposeAsync();
    }
}
