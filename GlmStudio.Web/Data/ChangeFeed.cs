using System.Collections.Concurrent;

namespace GlmStudio.Web.Data;

/// <summary>Tells live pages that something changed. Carries no data: a page reads what it shows again from the database.</summary>
public sealed class ChangeFeed(TimeProvider time) : IDisposable
{
    /// <summary>No subscriber wakes more often than this, however fast changes come.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <summary>Called with every change of this process, for the other nodes.</summary>
    internal event Action<string, long>? Raised;

    /// <summary>Says that a thing changed, for example <c>("batch", 12)</c>. Cheap; call it after the change is saved.</summary>
    public void Raise(string kind, long id)
    {
        Hear(kind, id);
        Raised?.Invoke(kind, id);
    }

    /// <summary>A thing changed on another node; null: any of this kind may have.</summary>
    internal void Hear(string kind, long? id)
    {
        foreach (var subscription in _subscriptions.Keys) subscription.Offer(kind, id);
    }

    /// <summary>Wakes everybody once: changes may have been missed.</summary>
    public void WakeAll()
    {
        foreach (var subscription in _subscriptions.Keys) subscription.Wake();
    }

    /// <summary>Calls back, at most once per <see cref="Pace"/>, after changes of a kind (and id, where given). Dispose to stop.</summary>
    public IDisposable Subscribe(string kind, long? id, Func<Task> wake)
    {
        var subscription = new Subscription(this, time, kind, id, wake);
        _subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    /// <summary>The program ends: nobody is woken any more, so no page reads a database that is being closed.</summary>
    public void Dispose()
    {
        foreach (var subscription in _subscriptions.Keys) subscription.Dispose();
    }

    private sealed class Subscription : IDisposable
    {
        private readonly ChangeFeed _feed;
        private readonly string _kind;
        private readonly long? _id;
        private readonly Func<Task> _wake;
        private readonly ITimer _timer;
        private int _pending;

        public Subscription(ChangeFeed feed, TimeProvider time, string kind, long? id, Func<Task> wake)
        {
            (_feed, _kind, _id, _wake) = (feed, kind, id, wake);
            _timer = time.CreateTimer(_ => Call(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Offer(string kind, long? id)
        {
            if (kind == _kind && (id is null || _id is null || _id == id)) Wake();
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref _pending, 1) == 0) _timer.Change(Pace, Timeout.InfiniteTimeSpan);
        }

        private void Call()
        {
            Interlocked.Exchange(ref _pending, 0);
            // The page may be gone by now: its own fault, even one thrown at once, is nobody else's, and on the timer's thread it would end the program.
            _ = WakeAsync().ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        }

        private async Task WakeAsync() => await _wake();

        public void Dispose()
        {
            _feed._subscriptions.TryRemove(this, out _);
            _timer.Dispose();
        }
    }
}
