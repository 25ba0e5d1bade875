namespace GlmStudio.Engine.Text.Grammars;

/// <summary>What may still come: a set of byte strings, described. A rule is also a state of the automaton: reading a byte turns it into the rule for
/// what may come after (Brzozowski's derivative). Equal rules of one <see cref="RuleBook"/> are one object.</summary>
internal abstract class Rule
{
    /// <summary>A length without a bound.</summary>
    public const long Unbounded = long.MaxValue;

    private static long _made;

    protected Rule() => Id = Interlocked.Increment(ref _made);

    /// <summary>Order of making; choices are sorted by it.</summary>
    public long Id { get; }

    /// <summary>Whether the end may come now.</summary>
    public bool MatchesEmpty { get; protected init; }

    /// <summary>Bytes of the shortest match.</summary>
    public long Shortest { get; protected init; }

    /// <summary>No match has more bytes than this.</summary>
    public long Longest { get; protected init; }

    /// <summary>The bytes a match can begin with. Each of them leads to a match: there are no dead ends.</summary>
    public ByteSet First { get; protected init; }

    /// <summary>States after one byte, by the byte's class; the book fills and empties it.</summary>
    internal Rule?[]? Steps { get; set; }

    /// <summary>The book's generation that <see cref="Steps"/> belongs to.</summary>
    internal int Generation { get; set; }

    /// <summary>What may come after a byte; <see cref="Rules.Nothing"/> where the byte may not come.</summary>
    public abstract Rule After(byte value, RuleBook book);

    /// <summary>Whether another rule is built of the same parts.</summary>
    public abstract bool IsLike(Rule other);

    /// <summary>A hash of the parts.</summary>
    public abstract int HashOfParts();

    protected static long Add(long a, long b) => a >= Unbounded - b ? Unbounded : a + b;

    protected static long Times(long a, long b) => a == 0 || b == 0 ? 0 : a > Unbounded / b ? Unbounded : a * b;
}

/// <summary>Rules without parts.</summary>
internal static class Rules
{
    /// <summary>Matches nothing, not even the empty text.</summary>
    public static Rule Nothing { get; } = new BareRule(matchesEmpty: false);

    /// <summary>Matches the empty text only: the end.</summary>
    public static Rule End { get; } = new BareRule(matchesEmpty: true);

    /// <summary>Stands for what is further away than any token reaches.</summary>
    public static Rule Far { get; } = new BareRule(matchesEmpty: false);

    private sealed class BareRule : Rule
    {
        public BareRule(bool matchesEmpty) => MatchesEmpty = matchesEmpty;

        public override Rule After(byte value, RuleBook book) => Nothing;

        public override bool IsLike(Rule other) => ReferenceEquals(this, other);

        public override int HashOfParts() => (int)Id;
    }
}

/// <summary>One byte out of a set.</summary>
internal sealed class ByteRule : Rule
{
    public ByteRule(ByteSet set) => (First, Shortest, Longest) = (set, 1, 1);

    public override Rule After(byte value, RuleBook book) => First.Contains(value) ? Rules.End : Rules.Nothing;

    public override bool IsLike(Rule other) => other is ByteRule rule && rule.First == First;

    public override int HashOfParts() => First.GetHashCode();
}

/// <summary>One rule, then another.</summary>
internal sealed class SequenceRule : Rule
{
    public SequenceRule(Rule head, Rule tail)
    {
        (Head, Tail) = (head, tail);
        MatchesEmpty = head.MatchesEmpty && tail.MatchesEmpty;
        (Shortest, Longest) = (Add(head.Shortest, tail.Shortest), Add(head.Longest, tail.Longest));
        First = head.MatchesEmpty ? head.First | tail.First : head.First;
    }

    public Rule Head { get; }

    public Rule Tail { get; }

    public override Rule After(byte value, RuleBook book)
    {
        var continued = Head.First.Contains(value) ? book.Sequence(book.Step(Head, value), Tail) : Rules.Nothing;
        return Head.MatchesEmpty && Tail.First.Contains(value) ? book.Choice(continued, book.Step(Tail, value)) : continued;
    }

    public override bool IsLike(Rule other) => other is SequenceRule rule && ReferenceEquals(rule.Head, Head) && ReferenceEquals(rule.Tail, Tail);

    public override int HashOfParts() => HashCode.Combine(Head.Id, Tail.Id);
}

/// <summary>One of several rules.</summary>
internal sealed class ChoiceRule : Rule
{
    /// <param name="options">Sorted by id, without choices among them.</param>
    public ChoiceRule(Rule[] options)
    {
        Options = options;
        MatchesEmpty = Array.Exists(options, o => o.MatchesEmpty);
        Shortest = options.Min(o => o.Shortest);
        Longest = options.Max(o => o.Longest);
        First = options.Aggregate(new ByteSet(), (set, o) => set | o.First);
    }

    public Rule[] Options { get; }

    public override Rule After(byte value, RuleBook book)
    {
        var after = new List<Rule>();
        foreach (var option in Options)
            if (option.First.Contains(value)) after.Add(book.Step(option, value));
        return book.Choice(after);
    }

    public override bool IsLike(Rule other) => other is ChoiceRule rule && rule.Options.AsSpan().SequenceEqual(Options);

    public override int HashOfParts()
    {
        var hash = new HashCode();
        foreach (var option in Options) hash.Add(option.Id);
        return hash.ToHashCode();
    }
}

/// <summary>A rule several times.</summary>
internal sealed class RepeatRule : Rule
{
    /// <param name="part">What is repeated; never matches the empty text.</param>
    /// <param name="least">Fewest times.</param>
    /// <param name="most">Most times, or <see cref="Rule.Unbounded"/>.</param>
    public RepeatRule(Rule part, long least, long most)
    {
        (Part, Least, Most) = (part, least, most);
        MatchesEmpty = least == 0;
        (Shortest, Longest) = (Times(part.Shortest, least), Times(part.Longest, most));
        First = part.First;
    }

    public Rule Part { get; }

    public long Least { get; }

    public long Most { get; }

    public override Rule After(byte value, RuleBook book) =>
        book.Sequence(book.Step(Part, value), book.Repeat(Part, Math.Max(0, Least - 1), Most == Unbounded ? Most : Most - 1));

    public override bool IsLike(Rule other) => other is RepeatRule rule && ReferenceEquals(rule.Part, Part) && rule.Least == Least && rule.Most == Most;

    public override int HashOfParts() => HashCode.Combine(Part.Id, Least, Most);
}
