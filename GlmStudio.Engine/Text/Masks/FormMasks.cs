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
    private readonly Dictionary<Rule, bool> _takesAll = [];
    private readonly Rule[] _states = new Rule[tokens.All.Deepest + 1];
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
            EngineMeters.Mask.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
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
        var (plain, isAll) = FreeText(state);
        tokens.PlainUpTo(plain).CopyTo(bits);
        // Longer plain tokens can come only where the text is not the only way on.
        for (var n = plain; !isAll && n < tokens.Plain.Count; n++) Walk(tokens.Plain[n], 0, tokens.Plain[n].Nodes, 0, state, bits);
        Walk(tokens.Others, 0, tokens.Others.Nodes, 0, state, bits);
        return new TokenMask(bits);
    }

    /// <summary>Marks the tokens below some nodes; without bits says whether there is one.</summary>
    private bool Walk(TokenTrie trie, int from, int to, int depth, Rule state, ulong[]? bits)
    {
        _states[depth] = state;
        for (var node = from; node < to;)
        {
            var at = trie.Depth(node);
            if (!_states[at].First.Contains(trie.Byte(node)))
            {
                node = trie.End(node);
                continue;
            }
            _states[at + 1] = grammar.Book.Step(_states[at], trie.Byte(node));
            foreach (var id in trie.Tokens(node))
                if (bits is null) return true;
                else bits[id >> 6] |= 1UL << (id & 63);
            node++;
        }
        return false;
    }

    /// <summary>How many plain characters may come whatever they are, and whether plain characters can come in no other way.</summary>
    private (int Characters, bool IsAll) FreeText(Rule state)
    {
        Rule[] options = state is ChoiceRule choice ? choice.Options : [state];
        var (most, isAll) = (0, true);
        foreach (var option in options)
        {
            var (text, next) = Leading(option, new ByteSet());
            var isText = text is not null && TakesAll(text.Part);
            if (isText) most = Math.Max(most, (int)Math.Min(text!.Most, TokenBytes.MostPlain));
            isAll &= isText && options.Length == 1 && (next & grammar.Plain.First).IsEmpty;
        }
        return (most, isAll);
    }

    // The repeated part an option begins with, and the bytes that may come after it.
    private static (RepeatRule? Text, ByteSet Next) Leading(Rule rule, ByteSet next) => rule switch
    {
        RepeatRule repeat => (repeat, next),
        SequenceRule pair => Leading(pair.Head, pair.Tail.MatchesEmpty ? pair.Tail.First | next : pair.Tail.First),
        _ => (null, next),
    };

    private bool TakesAll(Rule part)
    {
        if (_takesAll.TryGetValue(part, out var known)) return known;
        return _takesAll[part] = part.Longest <= 4 && Covers(part, grammar.Plain);
    }

    private bool Covers(Rule rule, Rule characters)
    {
        if (ReferenceEquals(characters, Rules.End)) return rule.MatchesEmpty;
        foreach (var value in grammar.Book.Representatives)
            if (characters.First.Contains(value) && (!rule.First.Contains(value) || !Covers(grammar.Book.Step(rule, value), grammar.Book.Step(characters, value)))) return false;
        return true;
    }

    // The book's memory and that of the masks are emptied together: masks belong to the book's rules.
    private void Trim()
    {
        if (_bytes <= MostBytes && !grammar.Book.Trim()) return;
        _masks.Clear();
        _takesAll.Clear();
        _horizon.Forget();
        _bytes = 0;
    }
}
