using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>On a server: works on the batches of programs, oldest first, one at a time.</summary>
internal sealed partial class CompletionBatchService(LineClaims claims, RunCompletionBatch run, ChangeFeed changes, TimeProvider time, ILogger<CompletionBatchService> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Batches that went wrong: one with a file that cannot be read must not keep the later ones from their turn.</summary>
    private readonly HashSet<string> _resting = [];

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

    /// <returns>Whether there may be more work.</returns>
    private async Task<bool> WorkAsync(CancellationToken stoppingToken)
    {
        CompletionBatch? batch = null;
        try
        {
            if ((batch = await claims.TakeAsync(_resting, stoppingToken)) is null)
            {
                // Every other has had its turn.
                _resting.Clear();
                return false;
            }
            try
            {
                await run.HandleAsync(batch, stoppingToken);
            }
            finally
            {
                await claims.ReleaseAsync(batch.Id);
            }
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            LogFault(error);
            return batch is not null && _resting.Add(batch.Id);
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Working on a batch of /v1/batches failed; trying again when the others have had their turn")]
    private partial void LogFault(Exception error);
}
