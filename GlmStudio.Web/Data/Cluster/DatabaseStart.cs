using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>At a node's start: waits for a database that does not answer yet. After a power cut machines come up in any order.</summary>
public sealed partial class DatabaseStart(StudioDatabase database, IOptions<ClusterOptions> options, TimeProvider time, ILogger<DatabaseStart> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Returns as soon as it answers, and has made the database where the server has none of that name; after <see cref="ClusterOptions.StartWaitSeconds"/> its fault is thrown.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        for (var isTold = false; ; isTold = true)
        {
            try
            {
                await database.CreateIfMissingAsync(cancellation);
                return;
            }
            catch (Exception fault) when (DatabaseFaults.IsAway(fault) && time.GetElapsedTime(started) < options.Value.StartWait)
            {
                if (!isTold) LogWaiting(options.Value.StartWaitSeconds, fault.GetBaseException().Message);
            }
            await Task.Delay(Pause, time, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer; waiting for up to {Seconds} s (Cluster:StartWaitSeconds): {Problem}")]
    private partial void LogWaiting(int seconds, string problem);
}
