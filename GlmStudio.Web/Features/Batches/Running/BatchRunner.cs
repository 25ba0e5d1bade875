using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Answers one batch's rows, as many at once as its engine gains from, until none waits or somebody stops it.</summary>
public sealed partial class BatchRunner(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, RowClaims claims, AnswerRow answer,
    ChangeFeed changes, IOptions<BatchOptions> options, TimeProvider time, ILogger<BatchRunner> log)
{
    /// <summary>Runs a queued (or, after a crash, running) batch. Returns when it is finished, paused, cancelled or failed.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="cancellation">The process stops: rows in flight go back to the queue.</param>
    public async Task RunAsync(int batchId, CancellationToken cancellation)
    {
        try
        {
            if (await BeginAsync(batchId, cancellation) is not { } batch) return;
            var engine = await engines.OpenAsync(batch.Engine, null, cancellation);
            await AnswerAllAsync(batchId, engine, Question.Of(batch.TemplateVersion!, batch.Grounding), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The batch stays Running and goes on when a server starts again.
        }
        catch (EngineException e)
        {
            await FailBatchAsync(batchId, e.Message);
        }
        catch (Exception e)
        {
            LogBatchFault(e, batchId);
            await FailBatchAsync(batchId, "The batch stopped because of an unexpected fault; answered rows are kept. The log has the details.");
        }
        finally
        {
            Raise(batchId);
        }
    }

    private async Task<Batch?> BeginAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        var begun = await db.Batches.Where(b => b.Id == batchId && (b.Status == BatchStatus.Queued || b.Status == BatchStatus.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Running).SetProperty(b => b.StartedAt, b => b.StartedAt ?? now)
                .SetProperty(b => b.FinishedAt, (DateTime?)null).SetProperty(b => b.Problem, (string?)null), cancellation);
        if (begun == 0) return null;
        await claims.ReleaseOrphansAsync(batchId, cancellation);
        changes.Raise("batch", batchId);
        return await db.Batches.AsNoTracking().Include(b => b.TemplateVersion).SingleAsync(b => b.Id == batchId, cancellation);
    }

    private async Task AnswerAllAsync(int batchId, IGlmEngine engine, Question question, CancellationToken cancellation)
    {
        using var stopRows = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using (new BatchWatch(databases, changes, time, batchId, stopRows))
        using (var oneByOne = new SemaphoreSlim(1))
        {
            var lanes = Enumerable.Range(0, Math.Max(1, engine.Info.Concurrency))
                .Select(_ => LaneAsync(batchId, engine, question, oneByOne, stopRows));
            await Task.WhenAll(lanes);
        }
        cancellation.ThrowIfCancellationRequested();
        await FinishAsync(batchId);
    }

    /// <summary>Claims and answers row after row. Claims are taken one at a time, so that rows start in upload order.</summary>
    private async Task LaneAsync(int batchId, IGlmEngine engine, Question question, SemaphoreSlim oneByOne, CancellationTokenSource stopRows)
    {
        try
        {
            while (!stopRows.IsCancellationRequested)
            {
                await oneByOne.WaitAsync(stopRows.Token);
                ClaimedRow? row;
                try
                {
                    row = await claims.ClaimAsync(batchId, CancellationToken.None);
                }
                finally
                {
                    oneByOne.Release();
                }
                if (row is null) return;
                await AnswerOneAsync(engine, question, row, stopRows.Token);
            }
        }
        catch (OperationCanceledException) when (stopRows.IsCancellationRequested)
        {
            // Stopped: the claim was given back.
        }
        catch
        {
            await stopRows.CancelAsync();
            throw;
        }
    }

    private async Task AnswerOneAsync(IGlmEngine engine, Question question, ClaimedRow row, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        changes.Raise("row", row.Id);
        try
        {
            await claims.AnswerAsync(row, await answer.HandleAsync(engine, question, row, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await claims.ReleaseAsync(row);
            throw;
        }
        catch (EngineException e) when (e.Fault is EngineFault.Timeout or EngineFault.OutOfMemory && row.Attempt < options.Value.Attempts)
        {
            LogRetry(row.Id, e.Message);
            await claims.ReleaseAsync(row);
        }
        catch (Exception e)
        {
            await claims.FailAsync(row, Explain(e, row), time.GetElapsedTime(start).TotalSeconds);
        }
        changes.Raise("row", row.Id);
        changes.Raise("batch", row.BatchId);
    }

    private string Explain(Exception exception, ClaimedRow row)
    {
        if (exception is EngineException known) return known.Message;
        LogRowFault(exception, row.Id);
        return exception is FileNotFoundException or DirectoryNotFoundException
            ? "The picture's file is missing in the data folder. Upload it again, then retry."
            : $"An unexpected fault ({exception.GetType().Name}). Retry the row; the log has the details.";
    }

    private async Task FinishAsync(int batchId)
    {
        await using var db = databases.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        await db.Batches
            .Where(b => b.Id == batchId && b.Status == BatchStatus.Running
                && !db.Rows.Any(r => r.BatchId == batchId && (r.Status == RowStatus.Queued || r.Status == RowStatus.Running)))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Finished).SetProperty(b => b.FinishedAt, now)
                .SetProperty(b => b.Owner, (string?)null));
    }

    private async Task FailBatchAsync(int batchId, string problem)
    {
        await using var db = databases.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        await db.Batches.Where(b => b.Id == batchId && b.Status == BatchStatus.Running).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Status, BatchStatus.Failed).SetProperty(b => b.Problem, problem).SetProperty(b => b.FinishedAt, now)
            .SetProperty(b => b.Owner, (string?)null));
        await db.Rows.Where(r => r.BatchId == batchId && r.Status == RowStatus.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Queued));
    }

    private void Raise(int batchId)
    {
        changes.Raise("batch", batchId);
        changes.Raise("batch-status", batchId);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} stopped on an unexpected fault")]
    private partial void LogBatchFault(Exception exception, int batchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Row {RowId} failed on an unexpected fault")]
    private partial void LogRowFault(Exception exception, long rowId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Row {RowId} is tried again: {Reason}")]
    private partial void LogRetry(long rowId, string reason);
}
