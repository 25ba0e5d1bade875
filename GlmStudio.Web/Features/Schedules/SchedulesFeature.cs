using GlmStudio.Web.Data;
using GlmStudio.Web.Features.Schedules.Folders;
using GlmStudio.Web.Features.Schedules.Messages;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Wires the feature: its handlers and its doors. The clock runs with the server only: verbs never start the host.</summary>
public static class SchedulesFeature
{
    /// <summary>The scheduler's name in the database; all nodes share it.</summary>
    internal const string SchedulerName = "glm-studio";

    /// <summary>A fire later than this was missed: the program did not run.</summary>
    internal static readonly TimeSpan MisfireThreshold = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        var database = (StudioDatabase)services.Single(s => s.ServiceType == typeof(StudioDatabase)).ImplementationInstance!;
        services.AddQuartz(SchedulerName, quartz =>
        {
            quartz.ConfigureScheduler(o => o.InstanceId = $"{Environment.MachineName}-{Guid.NewGuid():n}");
            quartz.UseDefaultThreadPool(2);
            quartz.UsePersistentStore(store => UseDatabase(store, database));
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddOptions<ScheduleOptions>().BindConfiguration("Schedules").ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<MatchClock>().AddHostedService<FollowSchedules>();
        services.AddSingleton<NoteMissed>().AddSingleton<PruneHistory>().AddSingleton<ReadForecast>().AddSingleton<PauseSchedule>();
        services.AddSingleton<MessageSecrets>().AddSingleton<MessageSender>().AddSingleton<DashboardAddress>().AddSingleton<NoteEnds>().AddSingleton<SendMessages>();
        services.AddSingleton<WatchedFolders>().AddSingleton<FolderWatch>();
        return services.AddSingleton<ScheduleClock>().AddSingleton<ListSchedules>().AddSingleton<SaveSchedule>().AddSingleton<ClaimedFires>().AddSingleton<FireSchedule>()
            .AddSingleton<EnableSchedule>().AddSingleton<DeleteSchedule>();
    }

    private static void UseDatabase(IPersistentStoreBuilder store, StudioDatabase database)
    {
        store.ConfigureStore(o => (o.StoreJobDataAsStrings, o.MisfireThreshold) = (true, MisfireThreshold));
        store.UseSystemTextJsonSerializer();
        store.ProvisionSchema();
        if (database.IsPostgres)
        {
            store.UsePostgres(NpgsqlFactory.Instance, database.ConnectionString);
            store.UseClustering();
        }
        else
        {
            store.UseSqlite(SqliteFactory.Instance, database.ConnectionString);
        }
    }

    public static void MapSchedules(this IEndpointRouteBuilder app)
    {
    }
}
