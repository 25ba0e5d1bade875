using System.Collections.Concurrent;
using GlmStudio.Engine;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference;

/// <summary>How many calls are in the house, and how many answers an engine works on at once; the others wait in turn.</summary>
public sealed class AnswerGate(IOptions<InferenceOptions> options)
{
    private readonly ConcurrentDictionary<string, TurnQueue> _engines = new();
    private int _calls;

    /// <summary>A place for one call, or null where the house is full. Dispose it when the call is over.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _calls) <= options.Value.MaxCalls) return new Place(() => Interlocked.Decrement(ref _calls));
        Interlocked.Decrement(ref _calls);
        return null;
    }

    /// <summary>Waits for a turn on an engine. Dispose it when the answer is there.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="isBackground">Nobody is waiting for it now: calls of people and programs go first.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public Task<IDisposable> WaitAsync(EngineInfo engine, bool isBackground, CancellationToken cancellation) =>
        _engines.GetOrAdd(engine.Name, _ => new TurnQueue(options.Value.Concurrency is > 0 and var set ? set : Math.Max(1, engine.Concurrency))).WaitAsync(isBackground, cancellation);

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
