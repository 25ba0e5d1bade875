using System.Collections.Concurrent;

namespace GlmStudio.Engine.Sessions;

/// <summary>One thread on which a session's runs follow one another.</summary>
/// <remarks>The runtime keeps the plans of its attention (<see cref="RunLengths"/>) for each thread: one that it has not met before waits 30 to 75 ms for them on an H200. The threads of the pool are many and change.</remarks>
internal sealed class CardThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public CardThread(string name)
    {
        _thread = new Thread(WorkOff) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Does this on the thread, after what was asked for before, and waits for it. What it throws is thrown here.</summary>
    /// <exception cref="InvalidOperationException">It was disposed of.</exception>
    public T Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Ends the thread when what was asked for is done.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void WorkOff()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }
}
