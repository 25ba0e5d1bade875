using System.Runtime.InteropServices;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>A vocabulary's characters as one pattern sees them: those that lead from every state to the same one are of one kind (letters, say, and the bracket
/// that ends them). Between two characters the pattern is then a small table, however many states it has inside them.</summary>
internal sealed class CharacterKinds
{
    /// <summary>The kind of characters that may come nowhere.</summary>
    public const byte None = byte.MaxValue;

    /// <summary>Kinds of more detail share their bit in a set of kinds.</summary>
    private const int LastBit = 63;

    private readonly int[] _states;
    private readonly int[] _places;
    private readonly int[] _after;
    private readonly bool[] _mayFollow;
    private readonly ulong[] _live;

    private CharacterKinds(Automaton automaton, int[] states, byte[] kindOf, int[] after, bool[] mayFollow)
    {
        (Automaton, _states, KindOf, _after, _mayFollow) = (automaton, states, kindOf, after, mayFollow);
        _places = new int[automaton.States];
        Array.Fill(_places, -1);
        foreach (var (place, state) in states.Index()) _places[state] = place;
        _live = [.. Enumerable.Range(0, states.Length).Select(LiveAt)];
    }

    public Automaton Automaton { get; }

    /// <summary>The kind of each character of the vocabulary; numbered in the characters' order, so that patterns which tell the same characters apart have the same array.</summary>
    public byte[] KindOf { get; }

    public int Kinds => _mayFollow.Length;

    /// <summary>States between two characters, by number.</summary>
    public int Places => _states.Length;

    /// <summary>Sorts a vocabulary's characters.</summary>
    /// <param name="automaton">The pattern.</param>
    /// <param name="following">Bytes that may come after the pattern's text: characters that begin with one are kinds of their own.</param>
    /// <param name="characters">The vocabulary's characters; their numbers count up from 0.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>The kinds, or null where the pattern tells more apart than it is worth.</returns>
    public static CharacterKinds? Of(Automaton automaton, ByteSet following, TokenTrie<byte> characters, int count)
    {
        int[] states = [.. Enumerable.Range(0, automaton.States).Where(automaton.Begins)];
        var ways = new Ways(automaton, states);
        var (kindOf, kinds) = (new byte[count], new Dictionary<(int Way, bool MayFollow), byte>());
        Array.Fill(kindOf, None);
        Span<int> at = stackalloc int[characters.Deepest + 1];
        var mayFollow = false;
        for (var node = 0; node < characters.Nodes;)
        {
            var depth = characters.Depth(node);
            if (depth == 0) mayFollow = following.Contains(characters.Unit(node));
            at[depth + 1] = ways.After(at[depth], characters.Unit(node));
            if (ways.IsDead(at[depth + 1]) && !mayFollow)
            {
                node = characters.End(node);
                continue;
            }
            foreach (var character in characters.Tokens(node))
            {
                ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(kinds, (at[depth + 1], mayFollow), out var isKnown);
                if (!isKnown) kind = (byte)(kinds.Count - 1);
                kindOf[character] = kind;
            }
            if (kinds.Count >= None) return null;
            node++;
        }
        var ordered = kinds.OrderBy(k => k.Value).Select(k => k.Key).ToList();
        var table = ordered.SelectMany(k => ways.States(k.Way)).ToArray();
        return new CharacterKinds(automaton, states, kindOf, table, [.. ordered.Select(k => k.MayFollow)]);
    }

    /// <summary>The number of a state between two characters.</summary>
    public int PlaceOf(int state) => _places[state];

    /// <summary>The state behind a number.</summary>
    public int StateAt(int place) => _states[place];

    /// <summary>Where a character of a kind leads, or -1.</summary>
    public int After(int place, int kind) => _after[kind * _states.Length + place] is var state and >= 0 ? _places[state] : -1;

    /// <summary>Whether a character of the kind may be the first after the pattern's text.</summary>
    public bool MayFollow(int kind) => _mayFollow[kind];

    /// <summary>The set of kinds that may come next.</summary>
    public ulong Live(int place) => _live[place];

    /// <summary>The bit of a kind in a set.</summary>
    public static ulong Bit(int kind) => 1UL << Math.Min(kind, LastBit);

    // A bit that several kinds share is set where all of them may come.
    private ulong LiveAt(int place)
    {
        var (may, mayNot) = (0UL, 0UL);
        for (var kind = 0; kind < Kinds; kind++)
            if (_after[kind * _states.Length + place] >= 0) may |= Bit(kind);
            else mayNot |= Bit(kind);
        return may & ~mayNot;
    }

    /// <summary>Where bytes lead from all states between characters at once, each set of ends once.</summary>
    private sealed class Ways
    {
        private readonly Automaton _automaton;
        private readonly List<(int[] States, int[] After, bool IsDead)> _ways = [];
        private readonly Dictionary<int[], int> _numbers = new(new SameInts());

        public Ways(Automaton automaton, int[] states)
        {
            _automaton = automaton;
            Number(states);
        }

        public int[] States(int way) => _ways[way].States;

        public bool IsDead(int way) => _ways[way].IsDead;

        public int After(int way, byte value)
        {
            ref var known = ref _ways[way].After[_automaton.ClassOf(value)];
            // Kept one higher: 0 is not known yet.
            if (known == 0) known = Number(Array.ConvertAll(_ways[way].States, s => s < 0 ? -1 : _automaton.Next(s, value))) + 1;
            return known - 1;
        }

        private int Number(int[] states)
        {
            if (_numbers.TryGetValue(states, out var number)) return number;
            _ways.Add((states, new int[_automaton.Classes], Array.TrueForAll(states, s => s < 0)));
            return _numbers[states] = _ways.Count - 1;
        }
    }

    private sealed class SameInts : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
