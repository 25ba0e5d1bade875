using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>On a server: asks the database with every heartbeat, at once when something failed, and every second while it is away.</summary>
internal sealed class DatabaseWatch(StudioDatabase database, DatabaseHealth health, IOptions<ClusterOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (database.IsPostgres && !stoppingToken.IsCancellationRequested)
        {
            var next = await health.AskAsync(stoppingToken) ? health.SuspicionAsync(options.Value.Heartbeat, stoppingToken) : Task.Delay(AskAgain, time, stoppingToken);
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
