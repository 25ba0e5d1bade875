using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>On a server: runs the batches that no other process owns and that are for this node, those of higher priority first, then the oldest, one at a time on each
/// engine; and sees to what nodes left behind that ended.</summary>
internal sealed partial class BatchService(RouteBatches routes, BatchRunner runner, BatchStates states, RowClaims claims, ChangeFeed changes,
    IHostApplicationLifetime lifetime, IOptions<BatchOptions> options, TimeProvider time, ILogger<BatchService> log) : BackgroundService
{
    /// <summary>Batches of other processes become visible within this time; those of this one at once.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    /// <summary>Leases that ended are seen soon, however short they are.</summary>
    private readonly TimeSpan _pace = TimeSpan.FromSeconds(Math.Min(Glance.TotalSeconds, options.Value.LeaseSeconds / 3.0));
    private readonly Dictionary<string, Task> _running = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new WakeUp(changes, "batch-status", _pace, time);
        // The host stops what listens before it stops this: rows in flight shall have that time too.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var stopping = either.Token;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await TidyAsync(stopping);
                await StartWaitingAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogGlance(e);
            }
            await wake.RestAsync(stopping, _running.Values);
        }
        await Task.WhenAll(_running.Values);
    }

    /// <summary>Takes back what ended nodes and commands left, and finishes what they only forgot to finish.</summary>
    private async Task TidyAsync(CancellationToken stopping)
    {
        var reclaimed = await claims.ReclaimAsync(OwnerProcess.HasEnded, stopping);
        foreach (var batch in reclaimed) LogReclaimed(batch);
        foreach (var batch in await claims.TakeOverAsync(OwnerProcess.HasEnded, stopping)) changes.Raise("batch", batch);
        foreach (var batch in reclaimed.Concat(await states.FinishForgottenAsync(stopping))) states.Raise(batch);
    }

    private async Task StartWaitingAsync(CancellationToken stopping)
    {
        foreach (var done in _running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList()) _running.Remove(done);
        foreach (var batch in await routes.WaitingHereAsync(stopping))
            if (!_running.ContainsKey(batch.Engine)) _running[batch.Engine] = Task.Run(() => RunAsync(batch.Id, stopping), CancellationToken.None);
    }

    private async Task RunAsync(int batchId, CancellationToken stopping)
    {
        try
        {
            await runner.RunAsync(batchId, stopping);
        }
        catch (Exception e)
        {
            // Not even the fault could be saved: do not try again in a tight circle.
            LogRun(e, batchId);
            await Task.Delay(Glance, time, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Rows of batch {BatchId} wait again: the node that was answering them ended, or was not heard of")]
    private partial void LogReclaimed(int batchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} could not be run; trying again in a few seconds")]
    private partial void LogRun(Exception exception, int batchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for batches failed; trying again in a few seconds")]
    private partial void LogGlance(Exception exception);
}
