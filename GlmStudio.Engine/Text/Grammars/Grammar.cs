namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A compiled grammar: states, and where bytes lead from them. Safe for concurrent use.</summary>
internal sealed class Grammar
{
    private readonly RuleBook _book;

    /// <param name="book">The rules' book; nobody else uses it any more.</param>
    /// <param name="start">What a whole answer is; bounded.</param>
    public Grammar(RuleBook book, Rule start)
    {
        if (start.Longest == Rule.Unbounded) throw new GrammarTooLargeException("its answers have no longest one");
        (_book, Start) = (book, start);
        Plain = new CharacterRules(book, isJson: false).One(CharacterRules.PlainInJson);
        book.Serve();
    }

    /// <summary>Held by whoever uses <see cref="Book"/>.</summary>
    public Lock Gate { get; } = new();

    public RuleBook Book => _book;

    /// <summary>One character that JSON writes as it is.</summary>
    public Rule Plain { get; }

    /// <summary>The state before the first byte.</summary>
    public Rule Start { get; }

    /// <summary>The state after bytes, or null where they may not come.</summary>
    public Rule? After(Rule state, ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            foreach (var value in bytes)
            {
                if (!state.First.Contains(value)) return null;
                state = _book.Step(state, value);
            }
            return state;
        }
    }

    /// <summary>The bytes that must come next, whatever the answer; at most <paramref name="most"/>. Empty where there is a choice, or where the answer may end.</summary>
    public byte[] Forced(Rule state, int most)
    {
        lock (Gate)
        {
            var bytes = new List<byte>();
            for (; bytes.Count < most && !state.MatchesEmpty && state.First.Count == 1; state = _book.Step(state, bytes[^1])) bytes.Add(state.First.Lowest);
            return [.. bytes];
        }
    }

    /// <summary>Whether a whole text is an answer.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes) => After(Start, bytes) is { MatchesEmpty: true };
}
