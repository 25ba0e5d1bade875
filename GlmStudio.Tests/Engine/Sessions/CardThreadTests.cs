using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class CardThreadTests
{
    [Fact]
    public void Runs_everything_on_one_thread_whoever_asks()
    {
        using var thread = new CardThread("card");
        var ran = new int[8];
        var asked = new int[8];
        Thread[] askers = [.. Enumerable.Range(0, 8).Select(i => new Thread(() => (asked[i], ran[i]) = (Environment.CurrentManagedThreadId, thread.Run(() => Environment.CurrentManagedThreadId))))];
        Array.ForEach(askers, a => a.Start());
        Array.ForEach(askers, a => a.Join());

        Assert.Single(ran.Distinct());
        Assert.DoesNotContain(ran[0], asked);
    }

    [Fact]
    public void Throws_to_the_asker_what_the_work_threw()
    {
        using var thread = new CardThread("card");

        var fault = Assert.Throws<FormatException>(() => thread.Run<int>(() => throw new FormatException("no number")));

        Assert.Equal("no number", fault.Message);
    }

    [Fact]
    public void Goes_on_after_work_that_failed()
    {
        using var thread = new CardThread("card");
        Assert.Throws<FormatException>(() => thread.Run<int>(() => throw new FormatException()));

        Assert.Equal(3, thread.Run(() => 3));
    }

    [Fact]
    public void Ends_what_was_asked_for_before_it_goes()
    {
        var thread = new CardThread("card");
        using var begun = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var hasEnded = false;
        var asker = new Thread(() => thread.Run(() =>
        {
            begun.Set();
            go.Wait(TestContext.Current.CancellationToken);
            return hasEnded = true;
        }));
        asker.Start();
        begun.Wait(TestContext.Current.CancellationToken);
        var hadEnded = false;
        var disposer = new Thread(() =>
        {
            thread.Dispose();
            hadEnded = hasEnded;
        });
        disposer.Start();
        SpinWait.SpinUntil(() => !disposer.IsAlive || disposer.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        go.Set();
        asker.Join();
        disposer.Join();

        Assert.True(hadEnded);
    }

    [Fact]
    public void Refuses_work_after_it_was_disposed_of()
    {
        var thread = new CardThread("card");
        thread.Dispose();

        Assert.ThrowsAny<InvalidOperationException>(() => thread.Run(() => 1));
    }
}
