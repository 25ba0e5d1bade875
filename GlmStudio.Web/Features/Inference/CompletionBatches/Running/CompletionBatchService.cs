using System.Data.Common;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>On a server: works on the batches of programs, oldest first, one at a time.</summary>
internal sealed partial class CompletionBatchService(LineClaims claims, RunCompletionBatch run, ReadInput input, ApiFileStore files, ChangeFeed changes, TimeProvider time,
    ILogger<CompletionBatchService> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);
    private const int MostTries = 5;

    /// <summary>Nobody takes that long to send a file.</summary>
    private static readonly TimeSpan Unfinished = TimeSpan.FromDays(1);

    /// <summary>Batches that went wrong: one with a file that cannot be read must not keep the later ones from their turn.</summary>
    private readonly HashSet<string> _resting = [];
    private readonly Dictionary<string, int> _tries = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new WakeUp(changes, "completion-batch", Glance, time);
        files.RemoveUnfinished(time.GetUtcNow().UtcDateTime - Unfinished);
        while (!stoppingToken.IsCancellationRequested)
            if (!await WorkAsync(stoppingToken)) await wake.RestAsync(stoppingToken);
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
                _tries.Remove(batch.Id);
            }
            catch (Exception error) when (batch.Status == CompletionBatchStatus.Validating && !stoppingToken.IsCancellationRequested && !IsOfDatabase(error))
            {
                LogFault(error);
                await CountAsync(batch.Id);
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

    /// <summary>Reading the input is tried a few times. Later steps are tried until they succeed: there are answers that somebody waits for.</summary>
    private async Task CountAsync(string batchId)
    {
        _resting.Add(batchId);
        if ((_tries[batchId] = _tries.GetValueOrDefault(batchId) + 1) < MostTries) return;
        await input.GiveUpAsync(batchId, MostTries);
        _tries.Remove(batchId);
        changes.Raise("completion-batch", 0);
    }

    private static bool IsOfDatabase(Exception error) => DatabaseFaults.IsAway(error) || error.GetBaseException() is DbException;

    [LoggerMessage(Level = LogLevel.Error, Message = "Working on a batch of /v1/batches failed; trying again when the others have had their turn")]
    private partial void LogFault(Exception error);
}
