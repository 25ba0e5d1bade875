namespace GlmStudio.Engine.Text.Masks;

/// <summary>From which states of a pattern characters run freely: how many may come, whatever they are, if they are of the kinds that may come next.</summary>
/// <param name="kinds">The pattern, character by character.</param>
internal sealed class FreeKinds(CharacterKinds kinds)
{
    // A set of kinds more costs a look at all states; patterns with so many sets do not run freely anyway.
    private const int MostSets = 16;

    private readonly Dictionary<ulong, byte[]> _known = [];

    /// <summary>Characters of the kinds in <see cref="CharacterKinds.Live"/> that surely may come from a state on; 255 and more are 255.</summary>
    public int From(int place)
    {
        var live = kinds.Live(place);
        if (!_known.TryGetValue(live, out var free))
        {
            if (_known.Count == MostSets) return 0;
            _known[live] = free = Count(live);
        }
        return free[place];
    }

    // Backwards from the states in which one of the kinds may not come: as many characters as there are steps to the nearest.
    private byte[] Count(ulong set)
    {
        var before = new List<int>?[kinds.Places];
        for (var place = 0; place < kinds.Places; place++)
            for (var kind = 0; kind < kinds.Kinds; kind++)
                if ((CharacterKinds.Bit(kind) & set) != 0 && kinds.After(place, kind) is var to and >= 0) (before[to] ??= []).Add(place);
        var free = new byte[kinds.Places];
        Array.Fill(free, byte.MaxValue);
        var queue = new Queue<int>();
        for (var place = 0; place < kinds.Places; place++)
            if ((kinds.Live(place) & set) != set) Reach(place, 0);
        while (queue.TryDequeue(out var place))
            foreach (var from in before[place] ?? []) Reach(from, free[place] + 1);
        return free;

        void Reach(int place, int steps)
        {
            if (steps >= free[place]) return;
            free[place] = (byte)steps;
            queue.Enqueue(place);
        }
    }
}
