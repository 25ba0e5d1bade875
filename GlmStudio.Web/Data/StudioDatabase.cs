using GlmStudio.Web.Data.Cluster;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace GlmStudio.Web.Data;

/// <summary>Opens contexts on the configured database, SQLite or PostgreSQL, and brings its schema up to date.</summary>
public sealed class StudioDatabase : IDbContextFactory<StudioDbContext>
{
    // A context that is used again keeps its connection object, and with SQLite the functions that are registered on it.
    private readonly Func<StudioDbContext> _create;

    /// <summary>A node that stands still in the middle of a transaction keeps its locks no longer than this: less than the 30 s after which a command that waits for them gives up.</summary>
    private const string IdleLimit = "idle_in_transaction_session_timeout";

    /// <param name="connectionString">A PostgreSQL connection string (it names a <c>Host</c>) or a SQLite one (<c>Data Source=…</c>).</param>
    public StudioDatabase(string connectionString)
    {
        IsPostgres = connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        ConnectionString = IsPostgres ? WithIdleLimit(connectionString) : connectionString;
        var faults = new FaultInterceptor(fault => Failed?.Invoke(fault));
        _create = IsPostgres
            ? new PooledDbContextFactory<PostgresStudioDbContext>(new DbContextOptionsBuilder<PostgresStudioDbContext>().UseNpgsql(ConnectionString).AddInterceptors(faults).Options).CreateDbContext
            : new PooledDbContextFactory<SqliteStudioDbContext>(new DbContextOptionsBuilder<SqliteStudioDbContext>().UseSqlite(connectionString).AddInterceptors(new UnhurriedDisk()).Options).CreateDbContext;
    }

    public string ConnectionString { get; }
    public bool IsPostgres { get; }

    /// <summary>Called with what a command or a connection to PostgreSQL failed with.</summary>
    internal event Action<Exception>? Failed;

    public StudioDbContext CreateDbContext() => _create();

    private static string WithIdleLimit(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (builder.Options?.Contains(IdleLimit, StringComparison.Ordinal) != true) builder.Options = $"{builder.Options} -c {IdleLimit}=20s".TrimStart();
        return builder.ConnectionString;
    }

    /// <summary>On PostgreSQL: creates the database itself where the server does not have it yet.</summary>
    public async Task CreateIfMissingAsync(CancellationToken cancellation)
    {
        if (!IsPostgres) return;
        await using var db = CreateDbContext();
        var creator = db.GetService<IRelationalDatabaseCreator>();
        try
        {
            if (!await creator.ExistsAsync(cancellation)) await creator.CreateAsync(cancellation);
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node created it at the same moment.
        }
    }

    /// <summary>Applies pending migrations. On SQLite turns on write-ahead logging, so that readers never wait for a writer.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var db = CreateDbContext();
        await db.Database.MigrateAsync(cancellation);
        if (!IsPostgres) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellation);
    }

    /// <summary>On PostgreSQL: a connection outside the pool, for what belongs to a session (listening, locks). Either side notices within seconds that the other is gone.</summary>
    internal async Task<NpgsqlConnection> OpenSessionAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, KeepAlive = 10, Timeout = 5 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3", connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
