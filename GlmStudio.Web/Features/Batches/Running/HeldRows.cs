using System.Collections.Concurrent;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>The rows that a run is answering: renews their leases, and stops the work on those that went to another node meanwhile.</summary>
public sealed class HeldRows : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(long Id, int Attempt), HeldRow> _rows = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly RowClaims _claims;
    private readonly TimeProvider _time;
    private readonly Task _renewing;

    /// <param name="claims">Renews.</param>
    /// <param name="every">Well within a lease.</param>
    /// <param name="time">The clock.</param>
    public HeldRows(RowClaims claims, TimeSpan every, TimeProvider time)
    {
        (_claims, _time) = (claims, time);
        _renewing = RenewAsync(every);
    }

    /// <summary>From now on the row is renewed, until what is returned is disposed of.</summary>
    /// <param name="row">The row.</param>
    /// <param name="stop">Whatever else stops its work.</param>
    public HeldRow Hold(ClaimedRow row, CancellationToken stop)
    {
        var claim = (row.Id, row.Attempt);
        return _rows[claim] = new HeldRow(() => _rows.TryRemove(claim, out _), stop);
    }

    private async Task RenewAsync(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                if (_rows.Keys is { Count: > 0 } claims) await RenewAsync(claims);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The run ended.
        }
    }

    private async Task RenewAsync(ICollection<(long Id, int Attempt)> claims)
    {
        try
        {
            var standing = await _claims.RenewAsync([.. claims], _ended.Token);
            foreach (var lost in claims.Where(c => !standing.Contains(c)))
                if (_rows.TryGetValue(lost, out var row)) row.Lose();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The next tick tries again. At worst the rows go to another node, and what comes of them here is not saved.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
    }
}

/// <summary>One row while it is being answered.</summary>
public sealed class HeldRow(Action letGo, CancellationToken stop) : IDisposable
{
    private readonly CancellationTokenSource _work = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly Lock _gate = new();
    private bool _isOver;

    /// <summary>Stops the work: the row was lost, or the run stops.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>True once another node may have it.</summary>
    public bool IsLost { get; private set; }

    internal void Lose()
    {
        lock (_gate)
        {
            if (_isOver) return;
            IsLost = true;
            _ = _work.CancelAsync();
        }
    }

    public void Dispose()
    {
        lock (_gate) _isOver = true;
        letGo();
        _work.Dispose();
    }
}
