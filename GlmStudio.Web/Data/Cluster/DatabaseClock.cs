using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>The one clock that all nodes read: PostgreSQL's. A SQLite file has one machine, whose clock it is.</summary>
public sealed class DatabaseClock(TimeProvider time)
{
    public async Task<DateTime> NowAsync(StudioDbContext db, CancellationToken cancellation) => db is PostgresStudioDbContext
        ? await db.Database.SqlQueryRaw<DateTime>("SELECT now() AS \"Value\"").SingleAsync(cancellation)
        : time.GetUtcNow().UtcDateTime;
}
