using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>On a server: runs the batches that no other process owns, those of higher priority first, then the oldest, one at a time on each engine.</summary>
internal sealed partial class BatchService(IDbContextFactory<StudioDbContext> databases, BatchRunner runner, RowClaims claims, ChangeFeed changes,
    TimeProvider time, ILogger<BatchService> log) : BackgroundService
{
    /// <summary>Batches of other processes become visible within this time; those of this one at once.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Task> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _wake = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe("batch-status", null, () => Task.FromResult(_wake.Release()));
        var recovered = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!recovered && await claims.ReleaseOrphansAsync(stoppingToken) is var rows and > 0) LogRecovered(rows);
                recovered = true;
                foreach (var batch in await claims.TakeOverAsync(OwnerProcess.HasEnded, stoppingToken)) changes.Raise("batch", batch);
                await StartWaitingAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogGlance(e);
            }
            await SleepAsync(stoppingToken);
        }
        await Task.WhenAll(_running.Values);
    }

    private async Task StartWaitingAsync(CancellationToken stoppingToken)
    {
        foreach (var done in _running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList()) _running.Remove(done);
        await using var db = databases.CreateDbContext();
        var waiting = await db.Batches.Where(b => b.Owner == null && (b.Status == BatchStatus.Queued || b.Status == BatchStatus.Running))
            .OrderBy(b => b.Id).Select(b => new { b.Id, b.Engine, b.Priority }).ToListAsync(stoppingToken);
        // Here and not in the database, which keeps priorities as words.
        foreach (var batch in waiting.OrderByDescending(b => b.Priority))
            if (!_running.ContainsKey(batch.Engine)) _running[batch.Engine] = Task.Run(() => RunAsync(batch.Id, stoppingToken), CancellationToken.None);
    }

    private async Task RunAsync(int batchId, CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(batchId, stoppingToken);
        }
        catch (Exception e)
        {
            // Not even the fault could be saved: do not try again in a tight circle.
            LogRun(e, batchId);
            await Task.Delay(Glance, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Until something about a batch changed, a run ended, or it is time for a glance.</summary>
    private async Task SleepAsync(CancellationToken stoppingToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny([_wake.WaitAsync(awake.Token), Task.Delay(Glance, time, awake.Token), .. _running.Values]);
        await awake.CancelAsync();
        while (_wake.CurrentCount > 0) await _wake.WaitAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} rows that were being answered when the program ended wait again")]
    private partial void LogRecovered(int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} could not be run; trying again in a few seconds")]
    private partial void LogRun(Exception exception, int batchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for batches failed; trying again in a few seconds")]
    private partial void LogGlance(Exception exception);
}
