using GlmStudio.Web.Data;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>On a server: works on the batches of programs, oldest first, one at a time.</summary>
internal sealed partial class CompletionBatchService(LineClaims claims, RunCompletionBatch run, ChangeFeed changes, TimeProvider time, ILogger<CompletionBatchService> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _wake = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe("completion-batch", null, () => Task.FromResult(_wake.Release()));
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await WorkAsync(stoppingToken)) continue;
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(_wake.WaitAsync(awake.Token), Task.Delay(Glance, time, awake.Token));
            await awake.CancelAsync();
            while (_wake.CurrentCount > 0) await _wake.WaitAsync(CancellationToken.None);
        }
    }

    /// <returns>Whether there was work that went well.</returns>
    private async Task<bool> WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await claims.TakeAsync(stoppingToken) is not { } batch) return false;
            try
            {
                await run.HandleAsync(batch, stoppingToken);
                return true;
            }
            finally
            {
                await claims.ReleaseAsync(batch.Id);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            LogFault(error);
            return false;
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Working on a batch of /v1/batches failed; trying again in a few seconds")]
    private partial void LogFault(Exception error);
}
