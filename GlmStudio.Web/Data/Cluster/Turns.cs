using Npgsql;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Short work that must not overlap between nodes: waits for its turn. On SQLite there is one process, and callers keep their own order within it.</summary>
public sealed class Turns(StudioDatabase database)
{
    // "GLMS": the first half of the locks' keys, beside other programs' in the same database.
    internal const int Space = 0x474C4D53;

    /// <summary>Waits for the turn; dispose to leave. A process that dies leaves with its connection.</summary>
    public async Task<IAsyncDisposable> EnterAsync(Turn turn, CancellationToken cancellation)
    {
        if (!database.IsPostgres) return Nothing.Held;
        var session = await database.OpenSessionAsync(cancellation);
        try
        {
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1, $2)", session) { CommandTimeout = 0, Parameters = { new() { Value = Space }, new() { Value = (int)turn } } };
            await take.ExecuteNonQueryAsync(cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private sealed class Nothing : IAsyncDisposable
    {
        public static Nothing Held { get; } = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
