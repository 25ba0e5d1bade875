using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>The one clock that all nodes read: PostgreSQL's. A SQLite file has one machine, whose clock it is.</summary>
public sealed class DatabaseClock(TimeProvider time)
{
    public async Task<DateTime> NowAsync(StudioDbContext db, CancellationToken cancellation) => db is PostgresStudioDbContext
        ? await db.Database.SqlQueryRaw<DateTime>("SELECT now() AS \"Value\"").SingleAsync(cancellation)
        : time.GetUtcNow().UtcDateTime;

    /// <summary>A moment from which on this process measures itself, so that it need not ask again.</summary>
    /// <param name="at">The clock's time at that moment.</param>
    public ClockMark Mark(DateTime at) => new(at, time.GetTimestamp());

    /// <summary>The clock's time by a mark: on PostgreSQL without asking it.</summary>
    public DateTime Now(StudioDbContext db, ClockMark mark) => db is PostgresStudioDbContext ? mark.At + time.GetElapsedTime(mark.Tick) : time.GetUtcNow().UtcDateTime;
}

/// <summary>One moment on the database's clock and on this machine's counter.</summary>
public readonly record struct ClockMark(DateTime At, long Tick);
