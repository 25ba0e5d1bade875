namespace GlmStudio.Engine.Scheduling;

/// <summary>Who runs next and who waits. Sequences join and leave between steps (continuous batching).</summary>
/// <remarks>Reading prompts and answering alternate, so that a long prompt delays the others by one chunk at a time. Not safe for concurrent use: the engine loop owns it.</remarks>
/// <param name="slots">Sequences that may run at once.</param>
/// <param name="chunk">Most prompt tokens of one step.</param>
internal sealed class Scheduler(int slots, int chunk)
{
    private readonly SlotTable _slots = new(slots);
    private readonly Queue<Sequence> _waiting = new();
    private readonly List<Sequence> _running = [];
    private readonly Queue<Step> _decodes = new();
    private bool _prefillNext = true;

    /// <summary>Sequences admitted and not yet finished.</summary>
    public int Running => _running.Count;

    /// <summary>Sequences that wait for a slot.</summary>
    public int Waiting => _waiting.Count;

    public void Add(Sequence sequence) => _waiting.Enqueue(sequence);

    /// <summary>The next step, or null where there is nothing to do.</summary>
    public Step? Next()
    {
        Admit();
        while (_decodes.TryDequeue(out var rest))
            if (Alive(rest) is { } step) return step;
        var prefill = _running.Find(s => !s.IsPrefilled && !s.IsCancelled);
        var answering = _running.Where(s => s.IsPrefilled && !s.IsCancelled).OrderBy(s => s.Slot).ToList();
        if (prefill is not null && (_prefillNext || answering.Count == 0))
        {
            _prefillNext = false;
            var count = Math.Min(chunk, prefill.PromptLength - prefill.Prefilled);
            return new Step([prefill], prefill.Prefilled, count, prefill.Prefilled + count == prefill.PromptLength);
        }
        _prefillNext = true;
        foreach (var ahead in answering.Where(s => s.Ahead > 0)) _decodes.Enqueue(new Step([ahead], -1, 1 + ahead.Ahead, GivesTokens: true));
        foreach (var run in Neighbours([.. answering.Where(s => s.Ahead == 0)])) _decodes.Enqueue(new Step(run, -1, 1, GivesTokens: true));
        return _decodes.TryDequeue(out var first) ? first : null;
    }

    /// <summary>Books a step that ran.</summary>
    public static void Commit(Step step)
    {
        foreach (var sequence in step.Sequences)
        {
            if (!sequence.IsPrefilled) sequence.Prefilled += step.Count;
            if (!step.GivesTokens) continue;
            sequence.Generated++;
            sequence.Ahead = 0;
        }
    }

    /// <summary>Ends a sequence and frees its slot at once.</summary>
    public void Finish(Sequence sequence)
    {
        sequence.IsCancelled = true;
        if (_running.Remove(sequence)) _slots.Free(sequence.Slot);
    }

    private void Admit()
    {
        while (_waiting.TryPeek(out var next))
        {
            if (!next.IsCancelled)
            {
                if (_slots.Take() is not { } slot) return;
                next.Slot = slot;
                _running.Add(next);
            }
            _waiting.Dequeue();
        }
    }

    // A sequence of a planned step may have finished meanwhile; what is left may be split by its slot.
    private Step? Alive(Step planned)
    {
        var runs = Neighbours([.. planned.Sequences.Where(s => !s.IsCancelled)]).ToList();
        foreach (var rest in runs.Skip(1)) _decodes.Enqueue(planned with { Sequences = rest });
        return runs.Count == 0 ? null : planned with { Sequences = runs[0] };
    }

    /// <summary>Splits sequences in slot order where a slot between them is not theirs.</summary>
    private static IEnumerable<IReadOnlyList<Sequence>> Neighbours(List<Sequence> sequences)
    {
        for (var start = 0; start < sequences.Count;)
        {
            var end = start + 1;
            while (end < sequences.Count && sequences[end].Slot == sequences[end - 1].Slot + 1) end++;
            yield return sequences[start..end];
            start = end;
        }
    }
}
