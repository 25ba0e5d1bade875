namespace GlmStudio.Engine.Scheduling;

/// <summary>Which of several equal replicas takes the next request: the one with the fewest that wait or run, the first of those. Safe for concurrent use.</summary>
/// <param name="count">How many there are.</param>
internal sealed class LeastLoaded(int count)
{
    private readonly int[] _load = new int[count];

    /// <summary>Takes a place; the request gives it back by disposing it, once.</summary>
    public Place Take()
    {
        lock (_load)
        {
            var index = Array.IndexOf(_load, _load.Min());
            _load[index]++;
            return new Place(this, index);
        }
    }

    private void Give(int index)
    {
        lock (_load) _load[index]--;
    }

    /// <summary>A request's place at a replica.</summary>
    internal sealed class Place(LeastLoaded load, int index) : IDisposable
    {
        private int _isGiven;

        /// <summary>The replica's number.</summary>
        public int Index { get; } = index;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0) load.Give(Index);
        }
    }
}
