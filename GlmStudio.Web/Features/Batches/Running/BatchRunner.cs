using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Answers one batch's rows, as many at once as its engine gains from, until none waits or somebody stops it. Other nodes may be at the same batch.</summary>
public sealed partial class BatchRunner(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, EngineRoutes routes, BatchStates states, RowClaims claims, AttemptRow attempt,
    KeepManifest manifests, DatabasePatience patience, ChangeFeed changes, IOptions<BatchOptions> options, TimeProvider time, ILogger<BatchRunner> log)
{
    /// <summary>While all rows that are left wait for their time, the batch is looked at this often at least and this often at most.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs a queued or running batch. Returns when no row of it waits here, or it is paused, cancelled or failed.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="stopping">The process stops: no further row starts, those in flight have a while to be answered and go back to the queue then.</param>
    public async Task RunAsync(int batchId, CancellationToken stopping)
    {
        try
        {
            if (await states.BeginAsync(batchId, stopping) is not { } batch) return;
            if (await OpenAsync(batch, stopping) is not { } engine) return;
            var question = Question.Of(batch.TemplateVersion!, batch.Grounding);
            var manifest = await manifests.HandleAsync(engine, batch.Engine, batch.TemplateVersion!, question, stopping);
            var failures = new FailureRate(options.Value.MaxFailedPercent, options.Value.FailuresCountFrom);
            await AnswerAllAsync(new BatchRun(batch, engine, question, manifest, failures), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The batch stays Running and goes on when a server starts again.
        }
        catch (EngineException e)
        {
            await states.FailAsync(batchId, e.Message);
        }
        // While the database is away the batch stays as it is.
        catch (Exception e) when (!DatabaseFaults.IsAway(e))
        {
            LogBatchFault(e, batchId);
            await states.FailAsync(batchId, "The batch stopped because of an unexpected fault; answered rows are kept. The log has the details.");
        }
        finally
        {
            states.Raise(batchId);
        }
    }

    /// <summary>The batch's engine; null where this node cannot open it and another may.</summary>
    private async Task<IGlmEngine?> OpenAsync(Batch batch, CancellationToken stopping)
    {
        try
        {
            return await engines.OpenAsync(batch.Engine, null, stopping);
        }
        catch (EngineException fault)
        {
            // A batch of a command is that process's own.
            if (batch.Owner is not null || !await routes.IsElsewhereAsync(batch.Engine, stopping)) throw;
            LogLeft(fault.Message, batch.Id);
            return null;
        }
    }

    private async Task AnswerAllAsync(BatchRun run, CancellationToken stopping)
    {
        using var stopRows = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stopClaims = CancellationTokenSource.CreateLinkedTokenSource(stopping, stopRows.Token);
        await using (stopping.Register(() => stopRows.CancelAfter(TimeSpan.FromSeconds(options.Value.DrainSeconds))))
        await using (new BatchWatch(databases, changes, time, claims.Node, run.Id, stopRows))
        await using (var held = new HeldRows(claims, TimeSpan.FromSeconds(options.Value.LeaseSeconds / 3.0), time))
        using (var oneByOne = new SemaphoreSlim(1))
        {
            var lanes = Enumerable.Range(0, Math.Max(1, run.Engine.Info.Concurrency)).Select(_ => LaneAsync(run, held, oneByOne, stopRows, stopClaims.Token));
            await Task.WhenAll(lanes);
        }
        await patience.WaitAsync(() => states.FinishAsync(run.Id, CancellationToken.None), stopping);
    }

    /// <summary>Claims and answers row after row. Claims are taken one at a time, so that rows start in upload order.</summary>
    private async Task LaneAsync(BatchRun run, HeldRows held, SemaphoreSlim oneByOne, CancellationTokenSource stopRows, CancellationToken stopClaims)
    {
        try
        {
            while (!stopClaims.IsCancellationRequested)
            {
                if (await ClaimAsync(run.Id, oneByOne, stopClaims) is { } row)
                {
                    using var lease = held.Hold(row, stopRows.Token);
                    await attempt.HandleAsync(run, row, lease, stopRows.Token);
                }
                else if (await patience.WaitAsync(() => claims.NextDueAsync(run.Id, stopClaims), stopClaims) is { } due) await WaitAsync(due, stopClaims);
                else return;
            }
        }
        catch (OperationCanceledException) when (stopClaims.IsCancellationRequested)
        {
            // Stopped: the claim was given back.
        }
        catch
        {
            await stopRows.CancelAsync();
            throw;
        }
    }

    private async Task<ClaimedRow?> ClaimAsync(int batchId, SemaphoreSlim oneByOne, CancellationToken stopClaims)
    {
        await oneByOne.WaitAsync(stopClaims);
        try
        {
            // Not to be broken off: a row that was claimed is to be known.
            return await patience.WaitAsync(() => claims.ClaimAsync(batchId, CancellationToken.None), stopClaims);
        }
        finally
        {
            oneByOne.Release();
        }
    }

    /// <summary>Until a postponed row is due, but no longer than a glance: the batch may have been paused.</summary>
    private Task WaitAsync(TimeSpan left, CancellationToken cancellation) =>
        Task.Delay(left > Glance ? Glance : left < Blink ? Blink : left, time, cancellation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} is left to another node, because its engine cannot be opened here: {Problem}")]
    private partial void LogLeft(string problem, int batchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} stopped on an unexpected fault")]
    private partial void LogBatchFault(Exception exception, int batchId);
}
