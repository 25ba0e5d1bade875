using System.Diagnostics;
using System.Threading.Channels;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine;

/// <summary>The heartbeat: one thread that runs steps as long as there are requests. Requests join and leave between steps.</summary>
internal sealed class EngineLoop : IAsyncDisposable
{
    private readonly Scheduler _scheduler;
    private readonly TextSession _text;
    private readonly int _vocabulary;
    private readonly Channel<ActiveRequest> _arrivals = Channel.CreateUnbounded<ActiveRequest>(new() { SingleReader = true });
    private readonly Dictionary<Sequence, ActiveRequest> _active = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public EngineLoop(Scheduler scheduler, TextSession text, int vocabulary)
    {
        (_scheduler, _text, _vocabulary) = (scheduler, text, vocabulary);
        _running = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public void Submit(ActiveRequest request)
    {
        if (!_arrivals.Writer.TryWrite(request)) throw new ObjectDisposedException(nameof(EngineLoop), "The engine was unloaded.");
    }

    public async ValueTask DisposeAsync()
    {
        _arrivals.Writer.TryComplete();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await WaitForWorkAsync())
            {
                Welcome();
                if (_scheduler.Next() is { } step) Beat(step);
                Dismiss();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        foreach (var request in _active.Values) request.Fail(new OperationCanceledException("The engine was unloaded."));
        while (_arrivals.Reader.TryRead(out var request)) request.Fail(new OperationCanceledException("The engine was unloaded."));
    }

    private void Beat(Step step)
    {
        var requests = step.Sequences.Select(s => _active[s]).ToList();
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (step.GivesTokens)
                foreach (var request in requests) request.Guide?.Prepare();
            var logits = _text.Run([.. requests.Select(r => r.Tensors)], step.Sequences[0].Slot, [.. requests.Select(r => r.NextStart(step))], step.Count);
            Scheduler.Commit(step);
            Measure(step, Stopwatch.GetElapsedTime(started));
            if (!step.GivesTokens) return;
            foreach (var (i, request) in requests.Index())
                if (request.Take(logits.AsSpan(i * _vocabulary, _vocabulary)) is not null) End(request);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // One bad step ends its own requests; the engine goes on with the others.
            foreach (var request in requests)
            {
                request.Fail(fault);
                End(request);
            }
        }
    }

    private static void Measure(Step step, TimeSpan elapsed)
    {
        (step.Start >= 0 ? EngineMeters.Prefill : EngineMeters.Decode).Record(elapsed.TotalSeconds);
        if (step.GivesTokens) EngineMeters.Tokens.Add(step.Sequences.Count);
    }

    private void End(ActiveRequest request)
    {
        _scheduler.Finish(request.Sequence);
        _active.Remove(request.Sequence);
    }

    private void Welcome()
    {
        while (_arrivals.Reader.TryRead(out var request))
        {
            _active[request.Sequence] = request;
            _scheduler.Add(request.Sequence);
        }
    }

    // A caller that has gone frees its slot before the next step.
    private void Dismiss()
    {
        foreach (var request in _active.Values.Where(r => r.Sequence.IsCancelled).ToList()) End(request);
    }

    private async ValueTask<bool> WaitForWorkAsync() =>
        _stop.IsCancellationRequested ? false : _active.Count > 0 || await _arrivals.Reader.WaitToReadAsync(_stop.Token);
}
