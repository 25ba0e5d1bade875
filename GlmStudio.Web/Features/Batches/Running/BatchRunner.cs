using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches.Journal;
using GlmStudio.Web.Features.Batches.Rerun;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Answers one batch's rows, as many at once as its engine gains from, until none waits or somebody stops it.</summary>
public sealed partial class BatchRunner(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, RowClaims claims, AnswerRow answer,
    KeepManifest manifests, ReuseAnswer reuse, CarryCorrections corrections, ChangeFeed changes, IOptions<BatchOptions> options, TimeProvider time, ILogger<BatchRunner> log)
{
    /// <summary>While all rows that are left wait for their time, the batch is looked at this often at least and this often at most.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs a queued (or, after a crash, running) batch. Returns when it is finished, paused, cancelled or failed.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="cancellation">The process stops: rows in flight go back to the queue.</param>
    public async Task RunAsync(int batchId, CancellationToken cancellation)
    {
        try
        {
            if (await BeginAsync(batchId, cancellation) is not { } batch) return;
            var engine = await engines.OpenAsync(batch.Engine, null, cancellation);
            var question = Question.Of(batch.TemplateVersion!, batch.Grounding);
            var manifest = await manifests.HandleAsync(engine, batch.Engine, batch.TemplateVersion!, question, cancellation);
            var failures = new FailureRate(options.Value.MaxFailedPercent, options.Value.FailuresCountFrom);
            await AnswerAllAsync(new BatchRun(batch, engine, question, manifest, failures), cancellation);
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

    private async Task AnswerAllAsync(BatchRun run, CancellationToken cancellation)
    {
        using var stopRows = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using (new BatchWatch(databases, changes, time, run.Id, stopRows))
        using (var oneByOne = new SemaphoreSlim(1))
        {
            var lanes = Enumerable.Range(0, Math.Max(1, run.Engine.Info.Concurrency)).Select(_ => LaneAsync(run, oneByOne, stopRows));
            await Task.WhenAll(lanes);
        }
        cancellation.ThrowIfCancellationRequested();
        await FinishAsync(run.Id);
    }

    /// <summary>Claims and answers row after row. Claims are taken one at a time, so that rows start in upload order.</summary>
    private async Task LaneAsync(BatchRun run, SemaphoreSlim oneByOne, CancellationTokenSource stopRows)
    {
        try
        {
            while (!stopRows.IsCancellationRequested)
            {
                await oneByOne.WaitAsync(stopRows.Token);
                ClaimedRow? row;
                try
                {
                    row = await claims.ClaimAsync(run.Id, CancellationToken.None);
                }
                finally
                {
                    oneByOne.Release();
                }
                if (row is not null) await AnswerOneAsync(run, row, stopRows.Token);
                else if (await claims.NextDueAsync(run.Id, stopRows.Token) is { } due) await WaitAsync(due, stopRows.Token);
                else return;
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

    /// <summary>Until a postponed row is due, but no longer than a glance: the batch may have been paused.</summary>
    private Task WaitAsync(DateTime due, CancellationToken cancellation)
    {
        var left = due - time.GetUtcNow().UtcDateTime;
        return Task.Delay(left > Glance ? Glance : left < Blink ? Blink : left, time, cancellation);
    }

    private async Task AnswerOneAsync(BatchRun run, ClaimedRow row, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        changes.Raise("row", row.Id);
        try
        {
            await claims.AnswerAsync(row, await ObtainAsync(run, row, cancellation));
            run.Failures.Add(hasFailed: false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await claims.ReleaseAsync(row);
            throw;
        }
        catch (EngineException e) when (e.Fault is EngineFault.Timeout or EngineFault.OutOfMemory && row.Attempt < options.Value.Attempts)
        {
            LogRetry(row.Id, e.Message);
            var wait = Backoff.After(row.Attempt, row.Id, options.Value.BackoffSeconds, options.Value.MaxBackoffSeconds);
            await claims.PostponeAsync(row, e.Message, time.GetElapsedTime(start).TotalSeconds, time.GetUtcNow().UtcDateTime + wait);
        }
        catch (Exception e)
        {
            await claims.FailAsync(row, Explain(e, row), time.GetElapsedTime(start).TotalSeconds);
            if (run.Failures.Add(hasFailed: true)) await PauseAsync(run.Id);
        }
        changes.Raise("row", row.Id);
        changes.Raise("batch", row.BatchId);
    }

    /// <summary>The answer of an earlier row that is the same work, or the engine's.</summary>
    private async Task<RowAnswer> ObtainAsync(BatchRun run, ClaimedRow row, CancellationToken cancellation)
    {
        var identity = run.Manifest.For(row.ContentHash, row.Page, row.Repeat).Identity;
        var known = run.Batch.IsAnew ? null : await reuse.HandleAsync(row.Id, identity, run.Question, cancellation);
        var given = known ?? await answer.HandleAsync(run.Engine, run.Question, row, cancellation);
        given = given with { Identity = identity, SharedManifestId = run.Manifest.Id };
        return run.Batch.PreviousBatchId is { } previous ? await corrections.HandleAsync(given, row, previous, run.Question.Rules, cancellation) : given;
    }

    /// <summary>Too many rows fail: what is in flight is answered, the rest waits for a person.</summary>
    private async Task PauseAsync(int batchId)
    {
        await using var db = databases.CreateDbContext();
        await db.Batches.Where(b => b.Id == batchId && b.Status == BatchStatus.Running).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Status, BatchStatus.Paused).SetProperty(b => b.Owner, (string?)null)
            .SetProperty(b => b.Problem, "Too many rows fail (settings Batches:MaxFailedPercent and Batches:FailuresCountFrom). Look at the reasons of the failed rows, then go on."));
        Raise(batchId);
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
