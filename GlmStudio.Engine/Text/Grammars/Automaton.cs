namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A finished deterministic automaton over bytes without dead ends: what a pattern becomes when its length is bounded.</summary>
/// <param name="classOf">Class of each byte.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="next">State after a class, [state, class]; -1 where the byte may not come.</param>
/// <param name="accepts">States in which the text may end.</param>
/// <param name="isInside">States in the middle of a character.</param>
internal sealed class Automaton(byte[] classOf, int classes, int[] next, bool[] accepts, bool[] isInside)
{
    private readonly int[] _shortest = ShortestOf(classes, next, accepts, isInside);
    private readonly long[] _longest = LongestOf(classes, next, accepts.Length);
    private readonly ByteSet[] _first = FirstOf(classOf, classes, next, accepts.Length);

    public int States => accepts.Length;

    public int Classes => classes;

    /// <summary>Bytes of one class lead to the same state from everywhere.</summary>
    public int ClassOf(byte value) => classOf[value];

    /// <summary>The bytes of each class.</summary>
    public IEnumerable<ByteSet> ByteClasses { get; } =
        [.. Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, 256).Where(b => classOf[b] == c).Aggregate(new ByteSet(), (set, b) => set.With((byte)b)))];

    public bool Accepts(int state) => accepts[state];

    /// <summary>Whether nothing may follow.</summary>
    public bool IsEnd(int state) => accepts[state] && _first[state].IsEmpty;

    public ByteSet First(int state) => _first[state];

    /// <summary>Bytes of the longest text from a state, or <see cref="Rule.Unbounded"/>.</summary>
    public long Longest(int state) => _longest[state];

    /// <summary>Characters that must at least still begin.</summary>
    public int ShortestCharacters(int state) => _shortest[state];

    /// <summary>The most <see cref="ShortestCharacters"/> of any state.</summary>
    public int LongestWayOut { get; } = ShortestOf(classes, next, accepts, isInside).Max();

    /// <summary>The state after a byte, or -1.</summary>
    public int Next(int state, byte value) => next[state * classes + classOf[value]];

    /// <summary>The state after a byte, or -1 where the byte may not come or too few characters are left to reach an end.</summary>
    /// <param name="state">The state.</param>
    /// <param name="value">The byte.</param>
    /// <param name="left">Characters that may still begin, or <see cref="Rule.Unbounded"/>.</param>
    /// <param name="after">Characters that may begin after it.</param>
    public int Next(int state, byte value, long left, out long after)
    {
        after = left == Rule.Unbounded || isInside[state] ? left : left - 1;
        return Next(state, value) is var to and >= 0 && _shortest[to] <= after ? to : -1;
    }

    /// <summary>Whether a byte begins a character.</summary>
    public bool Begins(int state) => !isInside[state];

    // Backwards from the ends: leaving a state between characters begins one. Nothing is further than there are states.
    private static int[] ShortestOf(int classes, int[] next, bool[] accepts, bool[] isInside)
    {
        var from = new List<int>[accepts.Length];
        for (var s = 0; s < from.Length; s++) from[s] = [];
        for (var i = 0; i < next.Length; i++)
            if (next[i] >= 0) from[next[i]].Add(i / classes);
        var shortest = new int[accepts.Length];
        Array.Fill(shortest, int.MaxValue);
        var queue = new PriorityQueue<int, int>();
        for (var s = 0; s < accepts.Length; s++)
            if (accepts[s]) Reach(s, 0);
        while (queue.TryDequeue(out var state, out var cost))
            if (cost == shortest[state])
                foreach (var before in from[state]) Reach(before, cost + (isInside[before] ? 0 : 1));
        return shortest;

        void Reach(int state, int cost)
        {
            if (cost >= shortest[state]) return;
            shortest[state] = cost;
            queue.Enqueue(state, cost);
        }
    }

    // Depth first with an own stack; a state met again on the way is a circle, and whatever leads to one is without a bound.
    private static long[] LongestOf(int classes, int[] next, int states)
    {
        const long Unknown = -1, OnTheWay = -2;
        var longest = new long[states];
        Array.Fill(longest, Unknown);
        var way = new Stack<(int State, int Class)>();
        for (var root = 0; root < states; root++)
        {
            if (longest[root] != Unknown) continue;
            way.Push((root, 0));
            longest[root] = OnTheWay;
            var best = new Dictionary<int, long> { [root] = 0 };
            while (way.TryPop(out var at))
            {
                if (at.Class == classes)
                {
                    longest[at.State] = best[at.State];
                    continue;
                }
                var to = next[at.State * classes + at.Class];
                if (to >= 0 && longest[to] == Unknown)
                {
                    way.Push(at);
                    way.Push((to, 0));
                    (longest[to], best[to]) = (OnTheWay, 0);
                    continue;
                }
                if (to >= 0)
                    best[at.State] = longest[to] is OnTheWay or Rule.Unbounded ? Rule.Unbounded : Math.Max(best[at.State], longest[to] + 1);
                way.Push(best[at.State] == Rule.Unbounded ? (at.State, classes) : (at.State, at.Class + 1));
            }
        }
        return longest;
    }

    private static ByteSet[] FirstOf(byte[] classOf, int classes, int[] next, int states)
    {
        var first = new ByteSet[states];
        for (var s = 0; s < states; s++)
            for (var value = 0; value < 256; value++)
                if (next[s * classes + classOf[value]] >= 0) first[s] = first[s].With((byte)value);
        return first;
    }
}
