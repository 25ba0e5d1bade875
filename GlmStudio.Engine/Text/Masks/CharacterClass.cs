using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>The characters that may come next in a state of a pattern, and the tokens that are made of them; one object for all states with the same ones.</summary>
/// <param name="automaton">The pattern of one such state.</param>
/// <param name="state">The state, between two characters.</param>
internal sealed class CharacterClass(Automaton automaton, int state)
{
    private ulong[]? _members;
    private TokenTrie? _leaving;

    public Automaton Automaton => automaton;

    public int State => state;

    /// <summary>Whether its tokens are worked out.</summary>
    public bool IsKnown => _leaving is not null;

    /// <summary>A bit for each token made of these characters alone.</summary>
    public ReadOnlySpan<ulong> Members(TokenBytes tokens)
    {
        Sort(tokens);
        return _members;
    }

    /// <summary>The tokens that begin with one of these characters and go on with another.</summary>
    public TokenTrie Leaving(TokenBytes tokens)
    {
        Sort(tokens);
        return _leaving!;
    }

    // One walk over all tokens, back in the state after each character.
    private void Sort(TokenBytes tokens)
    {
        if (_leaving is not null) return;
        var trie = tokens.All;
        var states = new int[trie.Deepest + 1];
        var leaving = new List<int>();
        var members = new ulong[(tokens.Size + 63) / 64];
        var hasBegun = new bool[states.Length];
        states[0] = state;
        for (var node = 0; node < trie.Nodes;)
        {
            var (depth, next) = (trie.Depth(node), automaton.Next(states[trie.Depth(node)], trie.Byte(node)));
            if (next < 0)
            {
                if (hasBegun[depth]) leaving.AddRange(trie.TokensBelow(node));
                node = trie.End(node);
                continue;
            }
            var isWhole = automaton.Begins(next);
            (states[depth + 1], hasBegun[depth + 1]) = (isWhole ? state : next, isWhole || hasBegun[depth]);
            if (isWhole)
                foreach (var id in trie.Tokens(node)) members[id >> 6] |= 1UL << (id & 63);
            node++;
        }
        (_members, _leaving) = (members, new TokenTrie(leaving.Select(id => (id, tokens.Bytes(id)))));
    }
}
