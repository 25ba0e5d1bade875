namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>
/// A browser sends a folder in several requests at a time, numbered in the order of their paths. Bytes arrive as they can; this lets the
/// requests commit in the order of their numbers, so that ordinals follow the paths.
/// </summary>
public sealed class UploadOrder(TimeProvider time)
{
    // A request whose predecessor never arrives (its connection failed before the server saw it) goes on after this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private const int MostLanes = 256;

    private readonly Dictionary<string, Lane> _lanes = [];

    /// <summary>Announces a request. Dispose the turn when the request ends, however it ends.</summary>
    /// <param name="upload">Names the upload.</param>
    /// <param name="number">0, 1, 2 … within the upload.</param>
    public Turn Announce(string upload, int number)
    {
        lock (_lanes)
        {
            if (!_lanes.TryGetValue(upload, out var lane))
            {
                if (_lanes.Count >= MostLanes) _lanes.Remove(_lanes.MinBy(l => l.Value.LastUsed).Key);
                _lanes[upload] = lane = new Lane();
            }
            lane.LastUsed = time.GetTimestamp();
            return new Turn(lane, number, time);
        }
    }

    /// <summary>One request's place in its upload.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly Lane _lane;
        private readonly int _number;
        private readonly TimeProvider _time;

        internal Turn(Lane lane, int number, TimeProvider time) => (_lane, _number, _time) = (lane, number, time);

        /// <summary>Returns when all requests with smaller numbers have ended.</summary>
        public async Task WaitAsync(CancellationToken cancellation)
        {
            try
            {
                await _lane.Reached(_number).WaitAsync(Patience, _time, cancellation);
            }
            catch (TimeoutException)
            {
                _lane.SkipTo(_number);
            }
        }

        public void Dispose() => _lane.End(_number);
    }

    internal sealed class Lane
    {
        private readonly Lock _lock = new();
        private readonly HashSet<int> _ended = [];
        private readonly Dictionary<int, TaskCompletionSource> _waiting = [];
        private int _next;

        public long LastUsed { get; set; }

        public Task Reached(int number)
        {
            lock (_lock)
            {
                if (number <= _next) return Task.CompletedTask;
                if (!_waiting.TryGetValue(number, out var source))
                    _waiting[number] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return source.Task;
            }
        }

        public void SkipTo(int number)
        {
            lock (_lock) Advance(Math.Max(_next, number));
        }

        public void End(int number)
        {
            lock (_lock)
            {
                _ended.Add(number);
                Advance(_next);
            }
        }

        private void Advance(int to)
        {
            for (_next = to; _ended.Remove(_next);) _next++;
            foreach (var (number, source) in _waiting.Where(w => w.Key <= _next).ToList())
            {
                _waiting.Remove(number);
                source.SetResult();
            }
        }
    }
}
