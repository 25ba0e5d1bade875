using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Deletes a schedule. The batches it made stay.</summary>
public sealed class DeleteSchedule(IDbContextFactory<StudioDbContext> database, ScheduleClock clock, ChangeFeed changes)
{
    public async Task HandleAsync(int scheduleId, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        await db.Schedules.Where(s => s.Id == scheduleId).ExecuteDeleteAsync(cancellation);
        await clock.RemoveAsync(scheduleId, cancellation);
        changes.Raise("schedule", scheduleId);
    }
}
