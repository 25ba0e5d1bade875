using System.Diagnostics;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>The masks of one grammar over one vocabulary, made when first needed. Safe for concurrent use.</summary>
/// <param name="grammar">What answers are.</param>
/// <param name="tokens">What the model says them with.</param>
internal sealed class FormMasks(Grammar grammar, TokenBytes tokens)
{
    private const long MostBytes = 32L << 20;

    private readonly Dictionary<Rule, TokenMask> _masks = [];
    private readonly Horizon _horizon = new(grammar.Book);
    private readonly FreeText _free = new(grammar);
    private readonly PatternMasks _patterns = new(grammar, tokens);
    private readonly Rule[] _states = new Rule[tokens.All.Deepest + 1];
    private readonly Rule?[][] _steps = new Rule?[tokens.All.Deepest + 1][];
    private readonly int _reach = tokens.All.Deepest + 1;
    private long _bytes;

    public Grammar Grammar => grammar;

    public TokenBytes Tokens => tokens;

    /// <summary>The tokens that may come in a state; the end is not among them.</summary>
    public TokenMask Of(Rule state)
    {
        lock (grammar.Gate)
        {
            Trim();
            var near = _horizon.Of(state, _reach);
            if (_masks.TryGetValue(near, out var mask)) return mask;
            var started = Stopwatch.GetTimestamp();
            _masks[near] = mask = Make(near);
            _bytes += mask.Bytes;
            EngineMeters.MaskMade.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            return mask;
        }
    }

    /// <summary>Whether a token that is longer than these bytes and begins with them may come.</summary>
    public bool MayGoBeyond(Rule state, ReadOnlySpan<byte> bytes)
    {
        if (grammar.After(state, bytes) is not { } after) return false;
        var node = tokens.All.Find(bytes);
        if (node < 0) return false;
        lock (grammar.Gate) return Walk(tokens.All, node + 1, tokens.All.End(node), bytes.Length, after, null);
    }

    private TokenMask Make(Rule state)
    {
        var bits = new ulong[(tokens.Size + 63) / 64];
        // What one of several may be, is permitted by that one: patterns each for itself, all else together.
        var others = new List<Rule>();
        foreach (var option in state is ChoiceRule choice ? choice.Options : [state])
            if (FreeText.Leading(option) is (AutomatonRule pattern, var following)) _patterns.Mark(option, pattern, following, bits);
            else others.Add(option);
        if (others.Count > 0) MarkOthers(grammar.Book.Choice(others), bits);
        return new TokenMask(bits);
    }

    private void MarkOthers(Rule state, ulong[] bits)
    {
        var run = _free.Of(state);
        var (sure, possible) = ((int)Math.Min(run.Sure, TokenBytes.MostPlain), (int)Math.Min(run.Possible, TokenBytes.MostPlain));
        if (sure == 0 && possible == TokenBytes.MostPlain) WalkAll(tokens.All, state, bits);
        else
        {
            var surely = tokens.PlainUpTo(sure);
            for (var word = 0; word < bits.Length; word++) bits[word] |= surely[word];
            for (var n = sure; n < possible; n++) WalkAll(tokens.Plain[n], state, bits);
            WalkAll(tokens.Others, state, bits);
        }
    }

    private void WalkAll(TokenTrie<byte> trie, Rule state, ulong[] bits) => Walk(trie, 0, trie.Nodes, 0, state, bits);

    /// <summary>Marks the tokens below some nodes; without bits says whether there is one.</summary>
    private bool Walk(TokenTrie<byte> trie, int from, int to, int depth, Rule state, ulong[]? bits)
    {
        var (book, classes) = (grammar.Book, grammar.Book.ClassOfEachByte());
        (_states[depth], _steps[depth]) = (state, book.Steps(state));
        for (var node = from; node < to;)
        {
            var (at, value) = (trie.Depth(node), trie.Unit(node));
            var next = _steps[at][classes[value]] ?? book.Step(_states[at], value);
            if (ReferenceEquals(next, Rules.Nothing))
            {
                node = trie.End(node);
                continue;
            }
            if (trie.End(node) > node + 1) (_states[at + 1], _steps[at + 1]) = (next, book.Steps(next));
            foreach (var id in trie.Tokens(node))
                if (bits is null) return true;
                else bits[id >> 6] |= 1UL << (id & 63);
            node++;
        }
        return false;
    }

    // The book's memory and that of the masks are emptied together: masks belong to the book's rules.
    private void Trim()
    {
        if (_bytes <= MostBytes && !grammar.Book.Trim()) return;
        _masks.Clear();
        _free.Forget();
        _horizon.Forget();
        _bytes = 0;
    }
}
