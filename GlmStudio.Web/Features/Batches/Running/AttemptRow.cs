using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Features.Batches.Journal;
using GlmStudio.Web.Features.Batches.Rerun;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>One claim from its beginning to what came of it: answered, failed, postponed, given back, or lost.</summary>
public sealed partial class AttemptRow(RowClaims claims, BatchStates states, AnswerRow answer, ReuseAnswer reuse, CarryCorrections corrections, DatabasePatience patience,
    ChangeFeed changes, IOptions<BatchOptions> options, TimeProvider time, ILogger<AttemptRow> log)
{
    /// <param name="run">The run.</param>
    /// <param name="row">What was claimed.</param>
    /// <param name="held">Its lease.</param>
    /// <param name="stop">The run stops: the row goes back to the queue, and this throws.</param>
    public async Task HandleAsync(BatchRun run, ClaimedRow row, HeldRow held, CancellationToken stop)
    {
        var start = time.GetTimestamp();
        changes.Raise("row", row.Id);
        try
        {
            await AnswerAsync(run, row, held.Token, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await ReleaseAsync(row);
            throw;
        }
        catch (OperationCanceledException) when (held.IsLost)
        {
            LogLost(row.Id);
        }
        catch (EngineException e) when (e.Fault is EngineFault.Timeout or EngineFault.OutOfMemory && row.Attempt < options.Value.Attempts)
        {
            LogRetry(row.Id, e.Message);
            var wait = Backoff.After(row.Attempt, row.Id, options.Value.BackoffSeconds, options.Value.MaxBackoffSeconds);
            await patience.WaitAsync(() => claims.PostponeAsync(row, e.Message, time.GetElapsedTime(start).TotalSeconds, wait), stop);
        }
        // A database that stays away is no fault of the row.
        catch (Exception e) when (!DatabaseFaults.IsAway(e))
        {
            await patience.WaitAsync(() => claims.FailAsync(row, Explain(e, row), time.GetElapsedTime(start).TotalSeconds), stop);
            if (run.Failures.Add(hasFailed: true)) await patience.WaitAsync(() => states.PauseAsync(run.Id), stop);
        }
        changes.Raise("row", row.Id);
        changes.Raise("batch", row.BatchId);
    }

    private async Task AnswerAsync(BatchRun run, ClaimedRow row, CancellationToken cancellation, CancellationToken stop)
    {
        var given = await ObtainAsync(run, row, cancellation);
        if (!await patience.WaitAsync(() => claims.AnswerAsync(row, given), stop)) LogLate(row.Id, row.Attempt);
        run.Failures.Add(hasFailed: false);
    }

    /// <summary>The answer of an earlier row that is the same work, or the engine's.</summary>
    private async Task<RowAnswer> ObtainAsync(BatchRun run, ClaimedRow row, CancellationToken cancellation)
    {
        var identity = run.Manifest.For(row.ContentHash, row.Page, row.Repeat).Identity;
        var known = run.Batch.IsAnew ? null : await patience.WaitAsync(() => reuse.HandleAsync(row.Id, identity, run.Question, cancellation), cancellation);
        var given = known ?? await answer.HandleAsync(run.Engine, run.Question, row, cancellation);
        given = given with { Identity = identity, SharedManifestId = run.Manifest.Id };
        return run.Batch.PreviousBatchId is { } previous
            ? await patience.WaitAsync(() => corrections.HandleAsync(given, row, previous, run.Question.Rules, cancellation), cancellation) : given;
    }

    private async Task ReleaseAsync(ClaimedRow row)
    {
        try
        {
            await claims.ReleaseAsync(row);
        }
        catch (Exception fault) when (DatabaseFaults.IsAway(fault))
        {
            // Its lease ends by itself.
        }
    }

    private string Explain(Exception exception, ClaimedRow row)
    {
        if (exception is EngineException known) return known.Message;
        LogRowFault(exception, row.Id);
        return exception is FileNotFoundException or DirectoryNotFoundException
            ? CheckBatch.MissingFile
            : $"An unexpected fault ({exception.GetType().Name}). Retry the row; the log has the details.";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Row {RowId} failed on an unexpected fault")]
    private partial void LogRowFault(Exception exception, long rowId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Row {RowId} is tried again: {Reason}")]
    private partial void LogRetry(long rowId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to row {RowId} came back late: attempt {Attempt} no longer holds the row, so nothing was saved")]
    private partial void LogLate(long rowId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Row {RowId} went to another node; its work here was stopped")]
    private partial void LogLost(long rowId);
}
