using System.Diagnostics;
using System.Threading.Channels;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine;

/// <summary>What <see cref="TextRunner"/> does.</summary>
internal delegate StepLogits TextRun(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count, IReadOnlyList<PermittedTokens>? permitted);

/// <summary>The heartbeat: one thread that runs steps as long as there are requests. Requests join and leave between steps.</summary>
/// <remarks>Always the same thread: a card's recorded steps belong to the thread that recorded them.</remarks>
internal sealed class EngineLoop : IAsyncDisposable
{
    // Logits of a step below which handing them to other threads takes longer than reading them.
    private const int WorthSharing = 200_000;

    private readonly Scheduler _scheduler;
    private readonly TextRun _text;
    private readonly Action<string> _report;
    private readonly Action? _prepare;
    private readonly int _vocabulary;
    private readonly ParallelOptions _beside = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
    private readonly Channel<ActiveRequest> _arrivals = Channel.CreateUnbounded<ActiveRequest>(new() { SingleReader = true });
    private readonly Dictionary<Sequence, ActiveRequest> _active = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Starts beating.</summary>
    /// <param name="scheduler">Who runs next.</param>
    /// <param name="text">Runs a step.</param>
    /// <param name="vocabulary">Logits a sequence.</param>
    /// <param name="report">Told, in a sentence, when there was no memory for a step.</param>
    /// <param name="prepare">What its thread does before the first step.</param>
    public EngineLoop(Scheduler scheduler, TextRun text, int vocabulary, Action<string> report, Action? prepare = null)
    {
        (_scheduler, _text, _vocabulary, _report, _prepare) = (scheduler, text, vocabulary, report, prepare);
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Requests that may be answered at once, as memory allows.</summary>
    public int Limit => _scheduler.Limit;

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

    private void Run()
    {
        try
        {
            Prepare();
            while (WaitForWork())
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

    // What cannot be prepared is done when it is needed, and fails there if it must.
    private void Prepare()
    {
        try
        {
            _prepare?.Invoke();
        }
        catch (Exception fault)
        {
            _report($"Steps could not be prepared: {fault.Message}");
        }
    }

    private void Beat(Step step)
    {
        var requests = step.Sequences.Select(s => _active[s]).ToList();
        try
        {
            if (RunOrShrink(step, requests) is not { } logits || !step.GivesTokens) return;
            if (requests.Count == 1 || logits.All.Length < WorthSharing)
                for (var i = 0; i < requests.Count; i++) Take(requests[i], logits, i);
            else Parallel.For(0, requests.Count, _beside, i => Take(requests[i], logits, i));
            foreach (var request in requests.Where(r => r.IsFinished)) End(request);
        }
        // One bad step ends its own requests; the engine goes on with the others.
        catch (Exception fault)
        {
            Fail(requests, fault);
        }
    }

    // One bad answer ends itself.
    private void Take(ActiveRequest request, StepLogits logits, int row)
    {
        try
        {
            if (logits.Summaries is { } summaries) request.Take(summaries[row]);
            else request.Take(logits.All.Slice(row * _vocabulary, _vocabulary).Span);
        }
        catch (Exception fault)
        {
            request.Fail(fault);
        }
    }

    // Null where there was no memory: what waits again is read again, with what it has answered.
    private StepLogits? RunOrShrink(Step step, List<ActiveRequest> requests)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            if (step.GivesTokens)
                foreach (var request in requests) request.Guide?.Prepare();
            var logits = Run(step, requests);
            _scheduler.Commit(step);
            Measure(step, Stopwatch.GetElapsedTime(started));
            return logits;
        }
        catch (Exception fault) when (MemoryShortage.Of(fault) is { } shortage)
        {
            EngineMeters.Shortages.Add(1);
            var running = _scheduler.Running;
            if (!_scheduler.Shrink())
                throw new EngineException(EngineFault.OutOfMemory, $"There is no memory to answer this request even alone: {shortage.Missing}. Ask about a smaller picture, lower Models:ContextTokens, "
                    + "or leave the device more room.", fault);
            _report($"There was no memory for {running} requests at once ({shortage.Missing}); {_scheduler.Limit} run at once now, the others wait.");
            return null;
        }
    }

    // One row a slot, from the first sequence's to the last one's.
    private StepLogits Run(Step step, List<ActiveRequest> requests)
    {
        var first = step.Sequences[0].Slot;
        var count = step.Sequences[^1].Slot - first + 1;
        var (rows, starts) = (new SequenceTensors?[count], new int[count]);
        foreach (var (slot, place) in step.Idle) starts[slot - first] = place;
        foreach (var sequence in step.Sequences)
        {
            var request = _active[sequence];
            (rows[sequence.Slot - first], starts[sequence.Slot - first]) = (request.Tensors, request.NextStart(step));
        }
        return _text(rows, first, starts, step.Count, requests.TrueForAll(r => r.TakesLikeliest) ? requests.ConvertAll<PermittedTokens>(r => r.WritePermitted) : null);
    }

    private void Fail(List<ActiveRequest> requests, Exception fault)
    {
        foreach (var request in requests)
        {
            request.Fail(fault);
            End(request);
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

    private bool WaitForWork() => !_stop.IsCancellationRequested && (_active.Count > 0 || _arrivals.Reader.WaitToReadAsync(_stop.Token).AsTask().GetAwaiter().GetResult());
}
