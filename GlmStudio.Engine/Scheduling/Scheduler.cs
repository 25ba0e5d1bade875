namespace GlmStudio.Engine.Scheduling;

/// <summary>Who runs next and who waits. Sequences join and leave between steps (continuous batching).</summary>
/// <remarks>Reading prompts and answering alternate, so that a long prompt delays the others by one chunk at a time. Not safe for concurrent use: the engine loop owns it.</remarks>
/// <param name="slots">Sequences that may run at once.</param>
/// <param name="chunk">Most prompt tokens of one step.</param>
/// <param name="room">Whether there is memory for one more; null: it is not known.</param>
/// <param name="ahead">Prompt tokens after which those who are being answered have their turn, when a chunk is through: more than a chunk's let several prompts in at once, so that fewer
/// tokens are written for the few who came first.</param>
internal sealed class Scheduler(int slots, int chunk, SequenceRoom? room = null, int ahead = 1)
{
    /// <summary>Most idle slots between two sequences of one step: reading the weights again for a second step costs more than computing so many rows in vain.</summary>
    public const int MostIdle = 8;

    private readonly SlotTable _slots = new(slots);
    private readonly SequenceRoom _room = room ?? new SequenceRoom(0, () => null);
    private readonly RunningLimit _limit = new(slots);
    private readonly LinkedList<Sequence> _waiting = new();
    // The oldest first.
    private readonly List<Sequence> _running = [];
    private readonly Queue<IReadOnlyList<Sequence>> _decodes = new();
    private readonly int _ahead = ahead;
    private int _mayRead = ahead;

    /// <summary>Sequences admitted and not yet finished.</summary>
    public int Running => _running.Count;

    /// <summary>Sequences that wait for a slot.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Sequences that may run at once, as memory allows.</summary>
    public int Limit => _limit.Count;

    public void Add(Sequence sequence) => _waiting.AddLast(sequence);

    /// <summary>The next step, or null where there is nothing to do.</summary>
    public Step? Next()
    {
        Admit();
        while (_decodes.TryDequeue(out var rest))
            if (Alive(rest) is { } step) return step;
        var prefill = _running.Find(s => !s.IsPrefilled && !s.IsCancelled);
        var answering = _running.Where(s => s.IsPrefilled && !s.IsCancelled).OrderBy(s => s.Slot).ToList();
        if (prefill is not null && (_mayRead > 0 || answering.Count == 0))
        {
            var count = Math.Min(chunk, prefill.ToRead - prefill.Prefilled);
            _mayRead -= count;
            return new Step([prefill], prefill.Prefilled, count, prefill.Prefilled + count == prefill.ToRead);
        }
        _mayRead = _ahead;
        foreach (var ahead in answering.Where(s => s.Ahead > 0)) _decodes.Enqueue([ahead]);
        foreach (var run in Close([.. answering.Where(s => s.Ahead == 0)])) _decodes.Enqueue(run);
        return _decodes.TryDequeue(out var first) ? Decode(first) : null;
    }

    /// <summary>Books a step that ran.</summary>
    public void Commit(Step step)
    {
        foreach (var sequence in step.Sequences)
        {
            if (!sequence.IsPrefilled) sequence.Prefilled += step.Count;
            if (!step.GivesTokens) continue;
            sequence.Generated++;
            sequence.Ahead = 0;
        }
        _room.Prove(_running.Count(s => s.IsPrefilled));
        _limit.Calm();
    }

    /// <summary>Ends a sequence and frees its slot at once.</summary>
    public void Finish(Sequence sequence)
    {
        sequence.IsCancelled = true;
        if (_running.Remove(sequence)) _slots.Free(sequence.Slot);
    }

    /// <summary>There was no memory for a step: half as many sequences run from now on, and the youngest wait again, before all others. False where only one runs.</summary>
    public bool Shrink()
    {
        if (_running.Count < 2) return false;
        _room.Disprove(_running.Count);
        _limit.Halve(_running.Count);
        _decodes.Clear();
        while (_running.Count > _limit.Count)
        {
            var youngest = _running[^1];
            _running.RemoveAt(_running.Count - 1);
            _slots.Free(youngest.Slot);
            youngest.PutBack();
            _waiting.AddFirst(youngest);
        }
        return true;
    }

    private void Admit()
    {
        while (_waiting.First?.Value is { } next)
        {
            if (!next.IsCancelled)
            {
                if (_running.Count >= _limit.Count || !_room.Has(next, _running) || _slots.Take() is not { } slot) return;
                next.Slot = slot;
                _running.Add(next);
            }
            _waiting.RemoveFirst();
        }
    }

    // A sequence of a planned step may have finished meanwhile; what is left may be too far apart by now.
    private Step? Alive(IReadOnlyList<Sequence> planned)
    {
        var runs = Close([.. planned.Where(s => !s.IsCancelled)]).ToList();
        foreach (var rest in runs.Skip(1)) _decodes.Enqueue(rest);
        return runs.Count == 0 ? null : Decode(runs[0]);
    }

    private Step Decode(IReadOnlyList<Sequence> sequences)
    {
        var taken = sequences.Select(s => s.Slot).ToHashSet();
        var between = Enumerable.Range(sequences[0].Slot, sequences[^1].Slot - sequences[0].Slot).Where(slot => !taken.Contains(slot));
        return new Step(sequences, -1, 1 + sequences[0].Ahead, GivesTokens: true) { Idle = between.ToDictionary(slot => slot, slot => _running.Find(s => s.Slot == slot)?.Cached ?? 0) };
    }

    /// <summary>Splits sequences in slot order where too many slots between them are not theirs.</summary>
    private static IEnumerable<IReadOnlyList<Sequence>> Close(List<Sequence> sequences)
    {
        for (var start = 0; start < sequences.Count;)
        {
            var end = start + 1;
            while (end < sequences.Count && sequences[end].Slot - sequences[end - 1].Slot - 1 <= MostIdle) end++;
            yield return sequences[start..end];
            start = end;
        }
    }
}
