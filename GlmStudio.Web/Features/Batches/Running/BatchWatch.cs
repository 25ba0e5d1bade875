using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Beside a running batch: sees that it was cancelled (here at once, by another process within a second), adds up the time it runs,
/// and notes the memory.</summary>
internal sealed class BatchWatch : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly IDbContextFactory<StudioDbContext> _databases;
    private readonly ChangeFeed _changes;
    private readonly TimeProvider _time;
    private readonly string _node;
    private readonly int _batchId;
    private readonly CancellationTokenSource _stopRows;
    private readonly CancellationTokenSource _ended = new();
    private readonly MemoryPeak _memory = new();
    private readonly IDisposable _subscription;
    private readonly Task _ticking;
    private long _counted;

    /// <param name="databases">Where the batch is.</param>
    /// <param name="changes">Tells of a new status in this process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="node">Who answers here.</param>
    /// <param name="batchId">The batch.</param>
    /// <param name="stopRows">Cancelled as soon as the batch is cancelled or gone.</param>
    public BatchWatch(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time, string node, int batchId, CancellationTokenSource stopRows)
    {
        (_databases, _changes, _time, _node, _batchId, _stopRows) = (databases, changes, time, node, batchId, stopRows);
        _counted = time.GetTimestamp();
        _subscription = changes.Subscribe("batch-status", batchId, StopIfCancelledAsync);
        _ticking = TickAsync();
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token)) await TryCountAsync();
        }
        catch (OperationCanceledException)
        {
            // The batch ended.
        }
        catch (Exception)
        {
            // The database refuses: rows cannot be saved either, and the runner tells why.
            await _stopRows.CancelAsync();
            throw;
        }
    }

    /// <summary>While the database is away the time adds up here.</summary>
    private async Task TryCountAsync()
    {
        try
        {
            await CountAsync();
        }
        catch (Exception fault) when (DatabaseFaults.IsAway(fault))
        {
            // The next tick tries again.
        }
    }

    private async Task CountAsync()
    {
        var now = _time.GetTimestamp();
        var peak = _memory.Sample();
        await using (var db = _databases.CreateDbContext())
        {
            var seconds = await IsCountedElsewhereAsync(db) ? 0 : _time.GetElapsedTime(_counted, now).TotalSeconds;
            await db.Batches.Where(b => b.Id == _batchId).ExecuteUpdateAsync(set => set
                .SetProperty(b => b.ActiveSeconds, b => b.ActiveSeconds + seconds)
                .SetProperty(b => b.PeakMemoryBytes, b => b.PeakMemoryBytes > peak ? b.PeakMemoryBytes : peak));
        }
        _counted = now;
        _changes.Raise("batch", _batchId);
        await StopIfCancelledAsync();
    }

    /// <summary>Of the nodes that answer rows of the batch at this moment, the first by name counts the seconds for all.</summary>
    private async Task<bool> IsCountedElsewhereAsync(StudioDbContext db)
    {
        var first = await db.Rows.Where(r => r.BatchId == _batchId && r.Status == RowStatus.Running).MinAsync(r => r.NodeId);
        return first is not null && first != _node;
    }

    private async Task StopIfCancelledAsync()
    {
        await using var db = _databases.CreateDbContext();
        var goesOn = await db.Batches.AnyAsync(b => b.Id == _batchId && b.Status != BatchStatus.Cancelled);
        if (!goesOn && !_ended.IsCancellationRequested) await _stopRows.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _ended.CancelAsync();
        await _ticking;
        await TryCountAsync();
        _ended.Dispose();
    }
}
