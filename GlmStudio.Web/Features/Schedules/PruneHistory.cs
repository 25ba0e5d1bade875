using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Forgets fires and messages that are older than the setting says. What still waits stays.</summary>
public sealed class PruneHistory(IDbContextFactory<StudioDbContext> database, IOptions<ScheduleOptions> options, TimeProvider time)
{
    /// <returns>How many fires were forgotten.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellation = default)
    {
        var before = time.GetUtcNow().UtcDateTime.AddDays(-options.Value.HistoryDays);
        await using var db = database.CreateDbContext();
        await db.ScheduleMessages.Where(m => m.CreatedAt < before && m.DueAt == null).ExecuteDeleteAsync(cancellation);
        return await db.ScheduleFires.Where(f => f.At < before && f.Outcome != FireOutcome.Waiting).ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>The clock's door to <see cref="PruneHistory"/>.</summary>
[DisallowConcurrentExecution]
public sealed class PruneHistoryJob(PruneHistory prune) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await prune.HandleAsync(cancellationToken);
}
