using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>Takes a batch from where it stands to its end: reads the input, answers the lines that have no answer, writes the files.</summary>
internal sealed class RunCompletionBatch(IDbContextFactory<StudioDbContext> databases, ReadInput input, AnswerLine answer, LineClaims claims, WriteResults results,
    EngineCatalog engines, ChangeFeed changes, TimeProvider time)
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(5);
    private const int LinesAtATime = 100;

    /// <param name="batch">A batch that this process holds.</param>
    /// <param name="stopping">The process stops; the batch goes on later.</param>
    public async Task HandleAsync(CompletionBatch batch, CancellationToken stopping)
    {
        if (batch.Status == CompletionBatchStatus.Validating) await input.HandleAsync(batch, stopping);
        changes.Raise("completion-batch", 0);
        if (await StatusAsync(batch.Id, stopping) == CompletionBatchStatus.InProgress) await AnswerAsync(batch.Id, stopping);
        if (await StatusAsync(batch.Id, stopping) is CompletionBatchStatus.Finalizing or CompletionBatchStatus.Cancelling
            && await claims.HoldAsync(batch.Id, stopping)) await results.HandleAsync(batch.Id, stopping);
        changes.Raise("completion-batch", 0);
    }

    private async Task<CompletionBatchStatus> StatusAsync(string batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.CompletionBatches.Where(b => b.Id == batchId).Select(b => b.Status).SingleAsync(cancellation);
    }

    private async Task AnswerAsync(string batchId, CancellationToken stopping)
    {
        await using var db = databases.CreateDbContext();
        var batch = await db.CompletionBatches.AsNoTracking().SingleAsync(b => b.Id == batchId, stopping);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using (changes.Subscribe("completion-batch", null, () => LookAsync(batch, stop)))
        await using (time.CreateTimer(_ => _ = LookAsync(batch, stop), null, Watch, Watch))
        {
            try
            {
                await AnswerAllAsync(batch, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Cancelled, expired, or the process stops: what is answered is kept.
            }
        }
        stopping.ThrowIfCancellationRequested();
        // Another process may have it by now: then it is that one's to end.
        if (!await claims.HoldAsync(batchId, stopping)) return;
        var now = time.GetUtcNow().UtcDateTime;
        await db.CompletionBatches.Where(b => b.Id == batchId && b.Status == CompletionBatchStatus.InProgress)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, CompletionBatchStatus.Finalizing).SetProperty(b => b.FinalizingAt, now), stopping);
    }

    private async Task AnswerAllAsync(CompletionBatch batch, CancellationToken cancellation)
    {
        var engine = await OpenAsync(batch, cancellation);
        var after = 0;
        while (await claims.WaitingAsync(batch.Id, after, LinesAtATime, cancellation) is [.., var last] lines)
        {
            // The gate decides how many the engine works on; each answer is saved as it comes.
            await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = engine, CancellationToken = cancellation }, async (line, stop) =>
            {
                var (status, body) = await answer.HandleAsync(batch.InputFileId, line, batch.Model, stop);
                await claims.SaveAsync(line, status, body);
                changes.Raise("completion-line", 0);
            });
            after = last.Number;
        }
    }

    /// <summary>After a restart the checkpoint may not be loaded. One that cannot be loaded any more lets each line say so.</summary>
    private async Task<int> OpenAsync(CompletionBatch batch, CancellationToken cancellation)
    {
        try
        {
            return Math.Max(1, (await engines.OpenAsync(batch.Model, null, cancellation)).Info.Concurrency);
        }
        catch (EngineException)
        {
            return 1;
        }
    }

    /// <summary>Stops the work where the batch is not to be answered any more.</summary>
    private async Task LookAsync(CompletionBatch batch, CancellationTokenSource stop)
    {
        try
        {
            var isOver = time.GetUtcNow().UtcDateTime > batch.ExpiresAt || !await claims.HoldAsync(batch.Id, stop.Token)
                || await StatusAsync(batch.Id, stop.Token) != CompletionBatchStatus.InProgress;
            if (isOver) await stop.CancelAsync();
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
        {
            // The work has ended meanwhile.
        }
    }
}
