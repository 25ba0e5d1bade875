using System.Globalization;
using GlmStudio.Web.Domain;
using Quartz;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>The clock's door to <see cref="FireSchedule"/>.</summary>
[DisallowConcurrentExecution]
public sealed class ScheduleJob(FireSchedule fire, ScheduleClock clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var id = int.Parse(context.MergedJobDataMap.GetString(ScheduleClock.IdKey)!, CultureInfo.InvariantCulture);
        var fired = await fire.HandleAsync(id, FireCause.Clock, cancellationToken);
        if (fired.IsGone) await clock.RemoveAsync(id, cancellationToken);
    }
}
