using GlmStudio.Web.Data.Cluster;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Tries again while the database is away, so that its restart costs a batch time and nothing else.</summary>
public sealed partial class DatabasePatience(IOptions<BatchOptions> options, TimeProvider time, ILogger<DatabasePatience> log)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="work">What is to be done, whole: it may have been done already when the connection broke before its reply.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<T> WaitAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        for (var wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (DatabaseFaults.IsAway(fault) && time.GetElapsedTime(start).TotalSeconds < options.Value.DatabaseWaitSeconds)
            {
                LogAway(fault.GetBaseException().Message, wait.TotalSeconds);
            }
            await Task.Delay(wait, time, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer ({Reason}); trying again in {Seconds} s")]
    private partial void LogAway(string reason, double seconds);
}
