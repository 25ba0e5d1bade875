namespace GlmStudio.Web.Features.Inference;

/// <summary>Turns on one engine. Who waits live goes first; background work goes when nobody else waits, and leaves a place free where there are several.</summary>
internal sealed class TurnQueue(int places)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _live = [];
    private readonly LinkedList<TaskCompletionSource> _background = [];
    private readonly int _mostInBackground = Math.Max(1, places - 1);
    private int _free = places;
    private int _inBackground;

    /// <summary>Waits for a turn. Dispose it when the answer is there.</summary>
    public async Task<IDisposable> WaitAsync(bool isBackground, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = isBackground ? _background : _live;
        lock (_lock)
        {
            queue.AddLast(turn);
            Serve();
        }
        await using (cancellation.Register(() => Leave(queue, turn, cancellation))) await turn.Task;
        return new Turn(() => End(isBackground));
    }

    private void Serve()
    {
        while (_free > 0)
        {
            var isLive = _live.Count > 0;
            if (!isLive && (_background.Count == 0 || _inBackground >= _mostInBackground)) return;
            var queue = isLive ? _live : _background;
            var first = queue.First!.Value;
            queue.RemoveFirst();
            _free--;
            if (!isLive) _inBackground++;
            first.SetResult();
        }
    }

    private void End(bool isBackground)
    {
        lock (_lock)
        {
            _free++;
            if (isBackground) _inBackground--;
            Serve();
        }
    }

    // Who was served meanwhile has the turn, and gives it back.
    private void Leave(LinkedList<TaskCompletionSource> queue, TaskCompletionSource turn, CancellationToken cancellation)
    {
        lock (_lock)
            if (queue.Remove(turn)) turn.SetCanceled(cancellation);
    }

    private sealed class Turn(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
