using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>Takes a batch from where it stands to its end: reads the input, answers the lines that have no answer, writes the files.</summary>
internal sealed class RunCompletionBatch(IDbContextFactory<StudioDbContext> databases, ReadInput input, AnswerLine answer, LineClaims claims, WriteResults results,
    EngineCatalog engines, ChangeFeed changes, IOptions<CompletionBatchOptions> options, TimeProvider time)
{
    private const int LinesAtATime = 100;

    /// <summary>How often the hold is renewed and somebody else's changes are seen.</summary>
    private readonly TimeSpan _watch = TimeSpan.FromSeconds(Math.Min(5, options.Value.HoldSeconds / 3.0));

    /// <param name="batch">A batch that this process holds.</param>
    /// <param name="stopping">The process stops; the batch goes on later.</param>
    public async Task HandleAsync(CompletionBatch batch, CancellationToken stopping)
    {
        if (batch.Status == CompletionBatchStatus.Validating)
        {
            await WhileOursAsync(batch, stop => input.HandleAsync(batch, stop), stopping);
            changes.Raise("completion-batch", 0);
            batch = await ReadAsync(batch.Id, stopping);
        }
        if (batch.Status == CompletionBatchStatus.InProgress)
        {
            await WhileOursAsync(batch, stop => AnswerAllAsync(batch, stop), stopping);
            await CloseAsync(batch.Id, stopping);
            batch = await ReadAsync(batch.Id, stopping);
        }
        if (batch.Status is CompletionBatchStatus.Finalizing or CompletionBatchStatus.Cancelling)
            await WhileOursAsync(batch, stop => results.HandleAsync(batch.Id, stop), stopping);
        changes.Raise("completion-batch", 0);
    }

    private async Task<CompletionBatch> ReadAsync(string batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.CompletionBatches.AsNoTracking().SingleAsync(b => b.Id == batchId, cancellation);
    }

    /// <summary>Renews the hold while work lasts, and stops the work where the batch is cancelled, expired or another process's.</summary>
    private async Task WhileOursAsync(CompletionBatch batch, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        if (!await claims.HoldAsync(batch.Id, stopping)) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using (changes.Subscribe("completion-batch", null, () => LookAsync(batch, stop)))
        await using (time.CreateTimer(_ => _ = LookAsync(batch, stop), null, _watch, _watch))
        {
            try
            {
                await work(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // What is answered is kept.
            }
            finally
            {
                // A look on its way must not hold the batch again after it was let go.
                await stop.CancelAsync();
            }
        }
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>Where no line is to be asked any more. Another process may have, or may have had, the batch meanwhile: what it left is not to be passed over.</summary>
    private async Task CloseAsync(string batchId, CancellationToken stopping)
    {
        if (!await claims.HoldAsync(batchId, stopping)) return;
        await using var db = databases.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        await db.CompletionBatches.Where(b => b.Id == batchId && b.Status == CompletionBatchStatus.InProgress
                && (b.ExpiresAt < now || !db.CompletionLines.Any(l => l.BatchId == b.Id && l.Status == CompletionLineStatus.Waiting)))
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

    private async Task LookAsync(CompletionBatch batch, CancellationTokenSource stop)
    {
        try
        {
            if (batch.HasExpired(time.GetUtcNow()) || !await claims.HoldAsync(batch.Id, stop.Token) || (await ReadAsync(batch.Id, stop.Token)).Status != batch.Status)
                await stop.CancelAsync();
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
        {
            // The work has ended meanwhile.
        }
    }
}
