using System.Globalization;
using GlmStudio.Web.Domain;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Keeps Quartz in step with the schedules that people edit: one durable job and at most one trigger a schedule.</summary>
public sealed class ScheduleClock([FromKeyedServices(SchedulesFeature.SchedulerName)] ISchedulerFactory quartz)
{
    internal const string Group = "schedules";
    internal const string HistoryGroup = "history";
    internal const string IdKey = "scheduleId";

    /// <summary>Sets the trigger to what the schedule says: none while it is paused without an end, or has no times.</summary>
    public async Task ApplyAsync(Schedule schedule, CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        if (!NeedsTrigger(schedule))
        {
            await scheduler.UnscheduleJob(new TriggerKey(Name(schedule.Id), Group), cancellation);
            return;
        }
        var job = JobBuilder.Create<ScheduleJob>().WithIdentity(Name(schedule.Id), Group).StoreDurably()
            .UsingJobData(IdKey, schedule.Id.ToString(CultureInfo.InvariantCulture)).Build();
        var trigger = TriggerBuilder.Create().WithIdentity(Name(schedule.Id), Group).ForJob(job)
            .WithCronSchedule(schedule.Cron, c => c.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone))
                .WithMisfireInstruction(schedule.Misfire == MisfireRule.Skip ? CronTriggerMisfireInstruction.DoNothing : CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, cancellation);
    }

    public async Task RemoveAsync(int scheduleId, CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        await scheduler.DeleteJob(new JobKey(Name(scheduleId), Group), cancellation);
    }

    public static bool NeedsTrigger(Schedule schedule) => schedule.IsEnabled && schedule.HasClock;

    /// <summary>When the trigger says it fires next: in the past where the program did not run then. Null where none is set.</summary>
    public async Task<DateTimeOffset?> NextAsync(int scheduleId, CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        return (await scheduler.GetTrigger(new TriggerKey(Name(scheduleId), Group), cancellation))?.NextFireTimeUtc;
    }

    /// <summary>Has the history pruned every night.</summary>
    public async Task SetPruningAsync(CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        var job = JobBuilder.Create<PruneHistoryJob>().WithIdentity("prune", HistoryGroup).StoreDurably().Build();
        var trigger = TriggerBuilder.Create().WithIdentity("prune", HistoryGroup).ForJob(job).WithCronSchedule("0 17 3 * * ?", c => c.InTimeZone(TimeZoneInfo.Utc)).Build();
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, cancellation);
    }

    /// <summary>Whether a trigger is waiting.</summary>
    public async Task<bool> IsSetAsync(int scheduleId, CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        return await scheduler.Exists(new TriggerKey(Name(scheduleId), Group), cancellation);
    }

    internal static string Name(int scheduleId) => string.Create(CultureInfo.InvariantCulture, $"schedule-{scheduleId}");
}
