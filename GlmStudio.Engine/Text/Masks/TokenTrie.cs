namespace GlmStudio.Engine.Text.Masks;

/// <summary>Tokens that begin with the same bytes share them. Laid out in the order of a walk: where a byte may not come, the walk jumps over all below it.</summary>
/// <typeparam name="T">What tokens are made of: bytes, or numbers of characters.</typeparam>
internal sealed class TokenTrie<T>
    where T : unmanaged, IEquatable<T>, IComparable<T>
{
    private readonly T[] _units;
    private readonly short[] _depths;
    private readonly int[] _ends;
    private readonly int[] _firstToken;
    private readonly int[] _tokens;

    /// <param name="tokens">Ids with what they are made of, none of them empty.</param>
    public TokenTrie(IEnumerable<(int Id, ReadOnlyMemory<T> Units)> tokens)
    {
        var sorted = tokens.ToArray();
        // Tokens out of another trie are in order already.
        if (!IsSorted(sorted)) Array.Sort(sorted, Compare);
        var (units, depths, first) = (new List<T>(), new List<short>(), new List<int>());
        var last = ReadOnlyMemory<T>.Empty;
        foreach (var (i, (_, token)) in sorted.Index())
        {
            for (var depth = token.Span.CommonPrefixLength(last.Span); depth < token.Length; depth++)
            {
                units.Add(token.Span[depth]);
                depths.Add((short)depth);
                first.Add(i);
            }
            last = token;
        }
        (_units, _depths, _tokens) = ([.. units], [.. depths], [.. sorted.Select(t => t.Id)]);
        (_ends, _firstToken) = (EndsOf(_depths), Owned(sorted, _depths, first));
        Deepest = _depths.Length == 0 ? 0 : _depths.Max() + 1;
    }

    /// <summary>Units of the longest token.</summary>
    public int Deepest { get; }

    public int Nodes => _units.Length;

    /// <summary>The byte, or what else stands for it, of a node.</summary>
    public T Unit(int node) => _units[node];

    /// <summary>Units before it.</summary>
    public int Depth(int node) => _depths[node];

    /// <summary>The first node that is not below it.</summary>
    public int End(int node) => _ends[node];

    /// <summary>The tokens that end at a node.</summary>
    public ReadOnlySpan<int> Tokens(int node) => _tokens.AsSpan(_firstToken[node].._firstToken[node + 1]);

    /// <summary>The node that bytes lead to, or -1.</summary>
    public int Find(ReadOnlySpan<T> bytes)
    {
        var (node, end) = (0, _units.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            while (node < end && !_units[node].Equals(bytes[i])) node = _ends[node];
            if (node >= end) return -1;
            if (i == bytes.Length - 1) return node;
            (node, end) = (node + 1, _ends[node]);
        }
        return -1;
    }

    private static bool IsSorted((int Id, ReadOnlyMemory<T> Units)[] tokens)
    {
        for (var i = 1; i < tokens.Length; i++)
            if (Compare(tokens[i - 1], tokens[i]) > 0) return false;
        return true;
    }

    private static int Compare((int Id, ReadOnlyMemory<T> Units) a, (int Id, ReadOnlyMemory<T> Units) b) =>
        a.Units.Span.SequenceCompareTo(b.Units.Span) is var order and not 0 ? order : a.Id.CompareTo(b.Id);

    private static int[] EndsOf(short[] depths)
    {
        var ends = new int[depths.Length];
        var open = new Stack<int>();
        for (var node = 0; node <= depths.Length; node++)
        {
            while (open.TryPeek(out var top) && (node == depths.Length || depths[top] >= depths[node])) ends[open.Pop()] = node;
            if (node < depths.Length) open.Push(node);
        }
        return ends;
    }

    // Nodes and sorted tokens come in the same order: a token belongs to the first node as deep as it is long.
    private static int[] Owned((int Id, ReadOnlyMemory<T> Units)[] sorted, short[] depths, List<int> first)
    {
        var owned = new int[depths.Length + 1];
        var token = 0;
        for (var node = 0; node < depths.Length; node++)
        {
            owned[node] = token;
            if (sorted[first[node]].Units.Length != depths[node] + 1) continue;
            for (token = first[node] + 1; token < sorted.Length && sorted[token].Units.Span.SequenceEqual(sorted[first[node]].Units.Span); token++) { }
        }
        owned[^1] = sorted.Length;
        return owned;
    }
}
