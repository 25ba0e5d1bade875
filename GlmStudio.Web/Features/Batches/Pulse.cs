using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Reads a live page again after changes, but no more often than a period however fast rows are answered, and never for more than a small share of the
/// time: counting the rows of a large batch costs.</summary>
public sealed class Pulse : IAsyncDisposable
{
    /// <summary>An open page may read for at most one part in so many of the time.</summary>
    private const int Rest = 25;

    private readonly CancellationTokenSource _gone = new();
    private readonly IDisposable _subscription;
    private readonly Task _beating;
    // Two readings after a change: the second one finds a page that was still busy with an earlier one.
    private int _due;

    /// <param name="changes">Tells of changes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="period">At most one reading in this time.</param>
    /// <param name="batchId">One batch, or null for all.</param>
    /// <param name="read">Reads again; called on a thread of its own.</param>
    public Pulse(ChangeFeed changes, TimeProvider time, TimeSpan period, int? batchId, Func<Task> read)
    {
        _subscription = changes.Subscribe("batch", batchId, () => Task.FromResult(Interlocked.Exchange(ref _due, 2)));
        _beating = BeatAsync(time, period, read);
    }

    /// <summary>How long to wait after a reading that took so long.</summary>
    public static TimeSpan PeriodAfter(TimeSpan reading, TimeSpan period) => reading * Rest > period ? reading * Rest : period;

    private async Task BeatAsync(TimeProvider time, TimeSpan period, Func<Task> read)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                if (Volatile.Read(ref _due) == 0) continue;
                Interlocked.Decrement(ref _due);
                var start = time.GetTimestamp();
                if (!await TryAsync(read)) Interlocked.Exchange(ref _due, 2);
                timer.Period = PeriodAfter(time.GetElapsedTime(start), period);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        catch (ObjectDisposedException)
        {
            // The page went while it was reading.
        }
    }

    /// <summary>The page lives on through a database that is away: it reads again at the next beat.</summary>
    private static async Task<bool> TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (Exception fault) when (DatabaseFaults.IsAway(fault))
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _gone.CancelAsync();
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }
}
