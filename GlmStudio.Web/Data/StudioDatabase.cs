using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data;

/// <summary>Opens contexts on the configured database, SQLite or PostgreSQL, and brings its schema up to date.</summary>
public sealed class StudioDatabase : IDbContextFactory<StudioDbContext>
{
    private readonly DbContextOptions<SqliteStudioDbContext>? _sqlite;
    private readonly DbContextOptions<PostgresStudioDbContext>? _postgres;

    /// <param name="connectionString">A PostgreSQL connection string (it names a <c>Host</c>) or a SQLite one (<c>Data Source=…</c>).</param>
    public StudioDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        IsPostgres = connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        if (IsPostgres) _postgres = new DbContextOptionsBuilder<PostgresStudioDbContext>().UseNpgsql(connectionString).Options;
        else _sqlite = new DbContextOptionsBuilder<SqliteStudioDbContext>().UseSqlite(connectionString).Options;
    }

    public string ConnectionString { get; }
    public bool IsPostgres { get; }

    public StudioDbContext CreateDbContext() => IsPostgres ? new PostgresStudioDbContext(_postgres!) : new SqliteStudioDbContext(_sqlite!);

    /// <summary>Applies pending migrations. On SQLite turns on write-ahead logging, so that readers never wait for a writer.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var db = CreateDbContext();
        await db.Database.MigrateAsync(cancellation);
        if (!IsPostgres) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellation);
    }
}
