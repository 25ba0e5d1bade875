using System.Globalization;
using GlmStudio.Web.Domain;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Keeps Quartz in step with the schedules that people edit: one durable job and at most one trigger a schedule.</summary>
public sealed class ScheduleClock([FromKeyedServices(SchedulesFeature.SchedulerName)] ISchedulerFactory quartz)
{
    internal const string Group = "schedules";
    internal const string IdKey = "scheduleId";

    /// <summary>Sets the trigger to what the schedule says: none while it is paused.</summary>
    public async Task ApplyAsync(Schedule schedule, CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        if (!schedule.IsEnabled)
        {
            await scheduler.UnscheduleJob(new TriggerKey(Name(schedule.Id), Group), cancellation);
            return;
        }
        var job = JobBuilder.Create<ScheduleJob>().WithIdentity(Name(schedule.Id), Group).StoreDurably()
            .UsingJobData(IdKey, schedule.Id.ToString(CultureInfo.InvariantCulture)).Build();
        // Missed while the program was down: fire once for all missed times, then go on as written.
        var trigger = TriggerBuilder.Create().WithIdentity(Name(schedule.Id), Group).ForJob(job)
            .WithCronSchedule(schedule.Cron, c => c.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone))
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, cancellation);
    }

    public async Task RemoveAsync(int scheduleId, CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        await scheduler.DeleteJob(new JobKey(Name(scheduleId), Group), cancellation);
    }

    /// <summary>Whether a trigger is waiting.</summary>
    public async Task<bool> IsSetAsync(int scheduleId, CancellationToken cancellation = default)
    {
        var scheduler = await quartz.GetScheduler(cancellation);
        return await scheduler.Exists(new TriggerKey(Name(scheduleId), Group), cancellation);
    }

    internal static string Name(int scheduleId) => string.Create(CultureInfo.InvariantCulture, $"schedule-{scheduleId}");
}
