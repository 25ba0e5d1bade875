namespace GlmStudio.Web.Data;

/// <summary>Lets a service of the background rest until something of a kind changed, or until it is time for a glance anyway: other processes change things without telling.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0);
    private readonly IDisposable _subscription;
    private readonly TimeSpan _glance;
    private readonly TimeProvider _time;

    /// <param name="changes">Tells of changes.</param>
    /// <param name="kind">Which ones wake.</param>
    /// <param name="glance">The longest rest.</param>
    /// <param name="time">Measures it.</param>
    public WakeUp(ChangeFeed changes, string kind, TimeSpan glance, TimeProvider time)
    {
        (_glance, _time) = (glance, time);
        _subscription = changes.Subscribe(kind, null, () => Task.FromResult(_changed.Release()));
    }

    /// <summary>Rests. What changed since the last rest ended ends this one at once; a stop does too.</summary>
    /// <param name="stopping">Stops it.</param>
    /// <param name="work">What else ends it.</param>
    public async Task RestAsync(CancellationToken stopping, params IEnumerable<Task> work)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny([_changed.WaitAsync(awake.Token), Task.Delay(_glance, _time, awake.Token), .. work]);
        // A waiter left behind would swallow the next change.
        await awake.CancelAsync();
        while (_changed.CurrentCount > 0) await _changed.WaitAsync(CancellationToken.None);
    }

    // The semaphore holds nothing that needs freeing, and a change may be on its way to it.
    public void Dispose() => _subscription.Dispose();
}
