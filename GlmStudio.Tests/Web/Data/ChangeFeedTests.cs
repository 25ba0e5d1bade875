using GlmStudio.Web.Data;

namespace GlmStudio.Tests.Web.Data;

public sealed class ChangeFeedTests
{
    [Fact]
    public void Raise_SubscriberThatThrowsAtOnce_HurtsNobody()
    {
        var time = new HeldTimers();
        using var changes = new ChangeFeed(time);
        var asked = false;
        using var gone = changes.Subscribe("thing", null, () =>
        {
            asked = true;
            throw new ObjectDisposedException("page");
        });
        changes.Raise("thing", 1);

        time.Fire();

        Assert.True(asked);
    }

    /// <summary>Timers that end when they are told to, on the caller's thread.</summary>
    private sealed class HeldTimers : TimeProvider
    {
        private Action _fire = () => { };

        public void Fire() => _fire();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire += () => callback(state);
            return new HeldTimer();
        }
    }

    private sealed class HeldTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
