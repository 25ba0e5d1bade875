using GlmStudio.Engine.Kernels;

namespace GlmStudio.Engine.Sessions;

/// <summary>Memory of a card in blocks that are used again.</summary>
/// <param name="stream">The card's work.</param>
/// <param name="calm">Bytes up to which new memory is taken without asking first whether blocks have been forgotten.</param>
internal sealed class CardBlocks(CardStream stream, long calm) : IDisposable
{
    private readonly List<(nint Address, long Bytes)> _free = [];
    private readonly Lock _gate = new();
    private long _taken;
    private bool _isClosed;

    /// <summary>A block of at least so many bytes.</summary>
    public CardBlock Take(long bytes)
    {
        if (Find(bytes) is { } known) return known;
        if (Interlocked.Read(ref _taken) + bytes > calm)
        {
            // The collector sees a few bytes where a card has megabytes.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (Find(bytes) is { } forgotten) return forgotten;
        }
        var block = new CardBlock(this, stream.Allocate(bytes), bytes);
        Interlocked.Add(ref _taken, bytes);
        return block;
    }

    /// <summary>Takes a block back: from the collector's own thread, so nothing is asked of the card.</summary>
    public void Return(nint address, long bytes)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _free.Add((address, bytes));
                return;
            }
        }
        _ = CudaRuntime.Free(address);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var (address, _) in _free) _ = CudaRuntime.Free(address);
            _free.Clear();
        }
    }

    // The smallest that fits, unless it would waste more than it holds.
    private CardBlock? Find(long bytes)
    {
        lock (_gate)
        {
            var best = -1;
            for (var i = 0; i < _free.Count; i++)
                if (_free[i].Bytes >= bytes && _free[i].Bytes <= 2 * bytes && (best < 0 || _free[i].Bytes < _free[best].Bytes)) best = i;
            if (best < 0) return null;
            var (address, size) = _free[best];
            _free.RemoveAt(best);
            return new CardBlock(this, address, size);
        }
    }
}
