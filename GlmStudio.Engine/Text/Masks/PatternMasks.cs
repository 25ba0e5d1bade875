using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>The tokens that may come in a pattern's text. Plain tokens are walked by kinds of characters; where characters run freely, all tokens below are taken at
/// once. The others are walked through the pattern's automaton byte by byte, without making a rule of each state.</summary>
/// <param name="grammar">The grammar whose book is asked; its gate is held.</param>
/// <param name="tokens">The vocabulary.</param>
internal sealed class PatternMasks(Grammar grammar, TokenBytes tokens)
{
    private readonly Dictionary<(Automaton, ByteSet Following), Pattern?> _patterns = [];
    private readonly int[] _places = new int[TokenBytes.MostPlain + 1];
    private readonly Place[] _walk = new Place[tokens.All.Deepest + 1];

    /// <summary>Marks the tokens that may come where a pattern's text is written.</summary>
    /// <param name="state">What may come: begins with <paramref name="front"/>.</param>
    /// <param name="front">The pattern's state.</param>
    /// <param name="following">The bytes that may come after the pattern's text.</param>
    /// <param name="bits">A bit for each token.</param>
    public void Mark(Rule state, AutomatonRule front, ByteSet following, ulong[] bits)
    {
        var plain = following & grammar.Plain.First;
        if (!front.Automaton.Begins(front.State)) Walk((state.First & grammar.Plain.First).IsEmpty ? tokens.Others : tokens.All, state, front, following, bits);
        else if (Of(front.Automaton, plain) is not { } pattern) Walk(tokens.All, state, front, following, bits);
        else
        {
            Walk(pattern, state, front, bits);
            Walk(tokens.Others, state, front, following, bits);
        }
    }

    private Pattern? Of(Automaton automaton, ByteSet following)
    {
        if (_patterns.TryGetValue((automaton, following), out var known)) return known;
        var kinds = CharacterKinds.Of(automaton, following, tokens.Characters, tokens.CharacterCount);
        return _patterns[(automaton, following)] = kinds is null ? null : new Pattern(kinds, tokens.ByKinds(kinds.KindOf), new FreeKinds(kinds));
    }

    private void Walk(Pattern pattern, Rule state, AutomatonRule front, ulong[] bits)
    {
        var ((kinds, trie, free), automaton) = (pattern, front.Automaton);
        _places[0] = kinds.PlaceOf(front.State);
        for (var node = 0; node < trie.Nodes;)
        {
            var (depth, kind) = (trie.Depth(node), trie.Kind(node));
            var place = _places[depth];
            if ((trie.Below(node) & ~kinds.Live(place)) == 0 && trie.Deepest(node) - depth <= free.From(place) && front.Left - trie.Deepest(node) >= automaton.LongestWayOut)
            {
                Mark(trie.TokensBelow(node), bits);
                node = trie.End(node);
                continue;
            }
            if (kinds.MayFollow(kind) && (depth == 0 ? front.MatchesEmpty : automaton.Accepts(kinds.StateAt(place))))
            {
                foreach (var id in trie.TokensBelow(node))
                    if (Takes(state, tokens.Bytes(id).Span)) bits[id >> 6] |= 1UL << (id & 63);
                node = trie.End(node);
                continue;
            }
            var to = kinds.After(place, kind);
            if (to < 0 || automaton.ShortestCharacters(kinds.StateAt(to)) > front.Left - depth - 1)
            {
                node = trie.End(node);
                continue;
            }
            _places[depth + 1] = to;
            Mark(trie.Tokens(node), bits);
            node++;
        }
    }

    private void Walk(TokenTrie<byte> trie, Rule state, AutomatonRule front, ByteSet following, ulong[] bits)
    {
        var (book, automaton) = (grammar.Book, front.Automaton);
        _walk[0] = new Place(front.State, front.Left, null);
        for (var node = 0; node < trie.Nodes;)
        {
            var (depth, value) = (trie.Depth(node), trie.Unit(node));
            var (from, left, rule) = _walk[depth];
            // Where the pattern's text may end here, both what follows it and the pattern itself may go on.
            if (rule is null && following.Contains(value) && (depth == 0 ? front.MatchesEmpty : automaton.Accepts(from)))
                rule = depth == 0 ? state : With(state, book.State(automaton, from, left));
            Place to;
            if (rule is not null) to = new Place(-1, 0, book.Step(rule, value));
            else to = new Place(automaton.Next(from, value, left, out var after), after, null);
            if (to.IsDead)
            {
                node = trie.End(node);
                continue;
            }
            _walk[depth + 1] = to;
            Mark(trie.Tokens(node), bits);
            node++;
        }
    }

    // What may come, with another state of the pattern at its front.
    private Rule With(Rule state, Rule front) => state is SequenceRule pair ? grammar.Book.Sequence(With(pair.Head, front), pair.Tail) : front;

    private bool Takes(Rule state, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            if (!state.First.Contains(value)) return false;
            else state = grammar.Book.Step(state, value);
        return true;
    }

    private static void Mark(ReadOnlySpan<int> ids, ulong[] bits)
    {
        foreach (var id in ids) bits[id >> 6] |= 1UL << (id & 63);
    }

    private sealed record Pattern(CharacterKinds Kinds, KindTrie Trie, FreeKinds Free);

    /// <param name="State">State of the pattern's automaton.</param>
    /// <param name="Left">Characters that may still begin.</param>
    /// <param name="Rule">What may come instead, where the pattern's text may have ended.</param>
    private readonly record struct Place(int State, long Left, Rule? Rule)
    {
        public bool IsDead => Rule is null ? State < 0 : ReferenceEquals(Rule, Rules.Nothing);
    }
}
