using System.Text;

namespace GlmStudio.Engine.Text.Grammars;

/// <summary>Makes rules, each once, and remembers where each byte leads. Not safe for concurrent use.</summary>
/// <param name="budget">What making rules may cost, until <see cref="Serve"/>.</param>
internal sealed class RuleBook(CompileBudget budget)
{
    /// <summary>Memory of one grammar in use; where it is full it is emptied.</summary>
    private const long MostBytes = 48L << 20;

    private const int BytesOfARule = 160;

    /// <summary>Options of one choice: more comes only from patterns whose parts overlap again and again.</summary>
    public const int MostOptions = 16_384;

    private readonly HashSet<Rule> _rules = new(new SameParts());
    private byte[]? _classes;
    private byte[] _representatives = [];
    private Rule?[] _nowhere = [];
    private int _generation = 1;
    private long _bytes;
    private bool _serves;

    /// <summary>Bytes that all rules treat alike have one class. Known once the grammar is complete.</summary>
    public int Classes => _representatives.Length;

    /// <summary>Memory held now, roughly.</summary>
    public long Bytes => _bytes;

    /// <summary>One byte of each class.</summary>
    public ReadOnlySpan<byte> Representatives => _representatives;

    public Rule Byte(ByteSet set) => set.IsEmpty ? Rules.Nothing : Keep(new ByteRule(set));

    /// <summary>Exactly this text.</summary>
    public Rule Text(string text) => Literal(Encoding.UTF8.GetBytes(text));

    /// <summary>Exactly these bytes.</summary>
    public Rule Literal(ReadOnlySpan<byte> bytes)
    {
        var rule = Rules.End;
        for (var i = bytes.Length - 1; i >= 0; i--) rule = Sequence(Byte(ByteSet.Of(bytes[i])), rule);
        return rule;
    }

    public Rule Sequence(Rule head, Rule tail) =>
        ReferenceEquals(head, Rules.Nothing) || ReferenceEquals(tail, Rules.Nothing) ? Rules.Nothing
        : ReferenceEquals(head, Rules.End) ? tail
        : ReferenceEquals(tail, Rules.End) ? head
        : Keep(new SequenceRule(head, tail));

    public Rule Sequence(params ReadOnlySpan<Rule> parts)
    {
        var rule = Rules.End;
        for (var i = parts.Length - 1; i >= 0; i--) rule = Sequence(parts[i], rule);
        return rule;
    }

    public Rule Choice(params IEnumerable<Rule> options)
    {
        var flat = new List<Rule>();
        var bytes = new ByteSet();
        foreach (var option in options)
            if (option is ChoiceRule choice) foreach (var part in choice.Options) Add(part);
            else Add(option);
        if (!bytes.IsEmpty) flat.Add(Byte(bytes));
        if (flat.Count < 2) return flat.Count == 0 ? Rules.Nothing : flat[0];
        flat.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        var count = 1;
        for (var i = 1; i < flat.Count; i++)
            if (!ReferenceEquals(flat[i], flat[count - 1])) flat[count++] = flat[i];
        Rule[] distinct = [.. flat.Take(count)];
        if (distinct.Length > MostOptions)
            throw new GrammarTooLargeException($"more than {MostOptions:N0} ways to read the same text; write the pattern so that its parts do not overlap");
        return distinct.Length == 1 ? distinct[0] : Keep(new ChoiceRule(distinct));

        void Add(Rule rule)
        {
            if (rule is ByteRule) bytes |= rule.First;
            else if (!ReferenceEquals(rule, Rules.Nothing)) flat.Add(rule);
        }
    }

    public Rule Optional(Rule rule) => rule.MatchesEmpty ? rule : Choice(Rules.End, rule);

    /// <summary>A rule from <paramref name="least"/> to <paramref name="most"/> times.</summary>
    public Rule Repeat(Rule rule, long least, long most)
    {
        if (most < least || (ReferenceEquals(rule, Rules.Nothing) && least > 0)) return Rules.Nothing;
        if (most == 0 || ReferenceEquals(rule, Rules.End) || ReferenceEquals(rule, Rules.Nothing)) return Rules.End;
        // A part that may be empty is empty as often as it must be; what is repeated is the rest of it.
        if (rule.MatchesEmpty) return Repeat(NotEmpty(rule), 0, most);
        return (least, most) == (1, 1) ? rule : Keep(new RepeatRule(rule, least, most));
    }

    /// <summary>A state of a finished automaton.</summary>
    public Rule State(Automaton automaton, int state, long left) =>
        automaton.ShortestCharacters(state) > left ? Rules.Nothing
        : new AutomatonRule(automaton, state, left) is var rule && rule.First.IsEmpty ? Rules.End
        : Keep(rule);

    /// <summary>Runs of a page from some of its places on; those that need more characters than are left are struck out.</summary>
    public Rule Copy(CopiedPage page, IEnumerable<int> places, long left, Needed needed, bool mayLeaveLine)
    {
        int[] living = [.. places.Where(p => page.Cost(p, needed) <= left)];
        if (living.Length == 0) return Rules.Nothing;
        return new CopyRule(page, living, left, needed, mayLeaveLine) is var rule && rule.First.IsEmpty ? Rules.End : Keep(rule);
    }

    /// <summary>The state after a byte.</summary>
    public Rule Step(Rule rule, byte value)
    {
        if (_classes is null) return rule.After(value, this);
        return Steps(rule)[_classes[value]] ??= rule.After(value, this);
    }

    /// <summary>What is known of the states after a rule, by class of byte.</summary>
    public Rule?[] Steps(Rule rule)
    {
        // The rules without parts belong to all books.
        if (rule.First.IsEmpty) return _nowhere;
        if (rule.Generation == _generation && rule.Steps is { } known) return known;
        Hold(_representatives.Length * sizeof(long));
        (rule.Steps, rule.Generation) = (new Rule?[_representatives.Length], _generation);
        return rule.Steps;
    }

    /// <summary>Ends the making of the grammar: from now on states are remembered by classes of bytes.</summary>
    public void Complete()
    {
        var sets = _rules.SelectMany(r => r switch
        {
            ByteRule b => [b.First],
            AutomatonRule a => a.Automaton.ByteClasses,
            CopyRule c => c.Page.Bytes.Each(),
            _ => Enumerable.Empty<ByteSet>(),
        }).Distinct().ToList();
        var classes = new byte[256];
        var numbers = new Dictionary<(int Old, bool In), byte>();
        var count = 1;
        foreach (var set in sets)
        {
            numbers.Clear();
            for (var value = 0; value < 256; value++)
            {
                var key = ((int)classes[value], set.Contains((byte)value));
                if (!numbers.TryGetValue(key, out var number)) numbers[key] = number = (byte)numbers.Count;
                classes[value] = number;
            }
            count = numbers.Count;
        }
        _representatives = [.. Enumerable.Range(0, count).Select(c => (byte)Array.IndexOf(classes, (byte)c))];
        _classes = classes;
        _nowhere = [.. Enumerable.Repeat(Rules.Nothing, count)];
    }

    /// <summary>The class of every byte, once the grammar is complete.</summary>
    public byte[] ClassOfEachByte() => _classes ?? throw new InvalidOperationException("The grammar is not complete yet.");

    /// <summary>From now on nothing is refused any more; <see cref="Trim"/> keeps the memory bounded.</summary>
    public void Serve()
    {
        if (_classes is null) Complete();
        _serves = true;
    }

    /// <summary>Empties the memory where it is full; states in use stay valid. Says whether it did.</summary>
    public bool Trim()
    {
        if (_bytes <= MostBytes) return false;
        _rules.Clear();
        (_bytes, _generation) = (0, _generation + 1);
        return true;
    }

    /// <summary>Gives back what the budget lent, where the book is of no use any more.</summary>
    public void Release() => budget.Release(_bytes);

    private Rule NotEmpty(Rule rule)
    {
        if (ReferenceEquals(rule, Rules.End)) return Rules.Nothing;
        return rule switch
        {
            ChoiceRule choice => Choice(choice.Options.Select(o => o.MatchesEmpty ? NotEmpty(o) : o)),
            RepeatRule repeat => Repeat(repeat.Part, 1, repeat.Most),
            // Both parts may be empty, one of them must not be.
            SequenceRule pair => Choice(Sequence(NotEmpty(pair.Head), pair.Tail), NotEmpty(pair.Tail)),
            AutomatonRule state => Keep(new AutomatonRule(state.Automaton, state.State, state.Left, mustGoOn: true)),
            _ => rule,
        };
    }

    private Rule Keep(Rule rule)
    {
        var parts = rule switch { ChoiceRule choice => choice.Options.Length, CopyRule copy => copy.Size, _ => 1 };
        if (!_serves) budget.Spend(parts);
        if (_rules.TryGetValue(rule, out var known)) return known;
        Hold(BytesOfARule + parts * sizeof(long));
        _rules.Add(rule);
        return rule;
    }

    private void Hold(long bytes)
    {
        _bytes += bytes;
        if (!_serves) budget.Hold(bytes);
    }

    private sealed class SameParts : IEqualityComparer<Rule>
    {
        public bool Equals(Rule? x, Rule? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.IsLike(y));

        public int GetHashCode(Rule obj) => obj.HashOfParts();
    }
}
