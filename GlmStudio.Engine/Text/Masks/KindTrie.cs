using System.Buffers;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>A vocabulary's plain tokens as sequences of kinds of characters: hello and world are one way through it where a pattern sees letters. Laid out in the order of a walk.</summary>
internal sealed class KindTrie
{
    private readonly byte[] _kinds;
    private readonly byte[] _depths;
    private readonly byte[] _deepest;
    private readonly int[] _ends;
    private readonly int[] _firstToken;
    private readonly ulong[] _below;
    private readonly int[] _tokens;

    /// <param name="words">The plain tokens as sequences of characters.</param>
    /// <param name="kindOf">The kind of each character; tokens with one of <see cref="CharacterKinds.None"/> are left out.</param>
    public KindTrie(TokenTrie<int> words, byte[] kindOf)
    {
        using var merged = new Merged(words, kindOf);
        var nodes = merged.Nodes;
        (_kinds, _depths, _deepest) = (new byte[nodes], new byte[nodes], new byte[nodes]);
        (_ends, _firstToken, _below, _tokens) = (new int[nodes], new int[nodes + 1], new ulong[nodes], new int[merged.Tokens]);
        Lay(merged);
        for (var node = nodes - 1; node >= 0; node--)
        {
            (_deepest[node], _below[node]) = ((byte)(_depths[node] + 1), CharacterKinds.Bit(_kinds[node]));
            for (var child = node + 1; child < _ends[node]; child = _ends[child])
                (_deepest[node], _below[node]) = (Math.Max(_deepest[node], _deepest[child]), _below[node] | _below[child]);
        }
    }

    public int Nodes => _kinds.Length;

    /// <summary>Memory, roughly.</summary>
    public long Bytes => Nodes * 19L + _tokens.Length * sizeof(int);

    /// <summary>Kind of a node's character.</summary>
    public int Kind(int node) => _kinds[node];

    /// <summary>Characters before it.</summary>
    public int Depth(int node) => _depths[node];

    /// <summary>Characters of the longest token at or below it.</summary>
    public int Deepest(int node) => _deepest[node];

    /// <summary>The kinds of the node and all nodes below it.</summary>
    public ulong Below(int node) => _below[node];

    /// <summary>The first node that is not below it.</summary>
    public int End(int node) => _ends[node];

    /// <summary>The tokens that end at a node.</summary>
    public ReadOnlySpan<int> Tokens(int node) => _tokens.AsSpan(_firstToken[node].._firstToken[node + 1]);

    /// <summary>The tokens that end at a node or below it.</summary>
    public ReadOnlySpan<int> TokensBelow(int node) => _tokens.AsSpan(_firstToken[node].._firstToken[_ends[node]]);

    private void Lay(Merged merged)
    {
        var (open, place) = (new Stack<(int Node, int At)>(), new int[merged.Nodes]);
        var (at, first) = (0, 0);
        for (var node = merged.FirstChild(Merged.Root); node != 0 || open.Count > 0;)
        {
            if (node == 0)
            {
                (node, var closed) = open.Pop();
                _ends[closed] = at;
                node = merged.Sibling(node);
                continue;
            }
            (_kinds[at], _depths[at], _firstToken[at], place[node - 1]) = (merged.Kind(node), (byte)open.Count, first, at);
            first += merged.TokensAt(node);
            open.Push((node, at++));
            node = merged.FirstChild(node);
        }
        _firstToken[at] = first;
        var next = _firstToken.AsSpan(0, at).ToArray();
        foreach (var (node, id) in merged.All) _tokens[next[place[node - 1]]++] = id;
    }

    /// <summary>The trie while it grows: nodes in the order of their making, 0 is the root and ends the lists of children.</summary>
    private sealed class Merged : IDisposable
    {
        public const int Root = 0;

        private readonly int[] _children;
        private readonly int[] _siblings;
        private readonly int[] _counts;
        private readonly byte[] _kinds;
        private readonly List<(int Node, int Id)> _all = [];

        public Merged(TokenTrie<int> words, byte[] kindOf)
        {
            var most = words.Nodes + 1;
            (_children, _siblings, _counts) = (Rent<int>(most), Rent<int>(most), Rent<int>(most));
            (_kinds, _children[Root], Nodes) = (Rent<byte>(most), 0, 0);
            Span<int> way = stackalloc int[words.Deepest + 1];
            for (var word = 0; word < words.Nodes;)
            {
                var (depth, kind) = (words.Depth(word), kindOf[words.Unit(word)]);
                if (kind == CharacterKinds.None)
                {
                    word = words.End(word);
                    continue;
                }
                var node = way[depth + 1] = Child(way[depth], kind);
                foreach (var id in words.Tokens(word))
                {
                    _counts[node]++;
                    _all.Add((node, id));
                }
                word++;
            }
        }

        /// <summary>Nodes without the root.</summary>
        public int Nodes { get; private set; }

        public int Tokens => _all.Count;

        public List<(int Node, int Id)> All => _all;

        public int FirstChild(int node) => _children[node];

        public int Sibling(int node) => _siblings[node];

        public byte Kind(int node) => _kinds[node];

        public int TokensAt(int node) => _counts[node];

        public void Dispose()
        {
            foreach (var array in (int[][])[_children, _siblings, _counts]) ArrayPool<int>.Shared.Return(array);
            ArrayPool<byte>.Shared.Return(_kinds);
        }

        private static T[] Rent<T>(int length) => ArrayPool<T>.Shared.Rent(length);

        private int Child(int parent, byte kind)
        {
            var child = _children[parent];
            while (child != 0 && _kinds[child] != kind) child = _siblings[child];
            if (child != 0) return child;
            child = ++Nodes;
            (_kinds[child], _counts[child], _children[child], _siblings[child]) = (kind, 0, 0, _children[parent]);
            return _children[parent] = child;
        }
    }
}
