namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A state of an automaton, with the characters that may still begin.</summary>
internal sealed class AutomatonRule : Rule
{
    /// <summary>Most bytes of one character.</summary>
    private const int BytesOfACharacter = 4;

    private readonly bool _mustGoOn;

    /// <param name="automaton">The automaton.</param>
    /// <param name="state">Its state; characters enough are left to reach an end from it.</param>
    /// <param name="left">Characters that may still begin, or <see cref="Rule.Unbounded"/>.</param>
    /// <param name="mustGoOn">Whether the end may not come right here.</param>
    public AutomatonRule(Automaton automaton, int state, long left, bool mustGoOn = false)
    {
        (Automaton, State, Left, _mustGoOn) = (automaton, state, left, mustGoOn);
        MatchesEmpty = automaton.Accepts(state) && !mustGoOn;
        Shortest = mustGoOn ? 1 : automaton.ShortestCharacters(state);
        // Three bytes may be missing of the character that has begun.
        Longest = Math.Min(automaton.Longest(state), Add(Times(left, BytesOfACharacter), automaton.Begins(state) ? 0 : BytesOfACharacter - 1));
        First = left > automaton.LongestWayOut ? automaton.First(state) : Leading(automaton, state, left);
    }

    public Automaton Automaton { get; }

    public int State { get; }

    public long Left { get; }

    public override Rule After(byte value, RuleBook book) =>
        Automaton.Next(State, value, Left, out var after) is var to and >= 0 ? book.State(Automaton, to, after) : Rules.Nothing;

    public override bool IsLike(Rule other) =>
        other is AutomatonRule rule && ReferenceEquals(rule.Automaton, Automaton) && rule.State == State && rule.Left == Left && rule._mustGoOn == _mustGoOn;

    public override int HashOfParts() => HashCode.Combine(Automaton, State, Left, _mustGoOn);

    private static ByteSet Leading(Automaton automaton, int state, long left)
    {
        var (may, first) = (automaton.First(state), new ByteSet());
        for (var value = 0; value < 256; value++)
            if (may.Contains((byte)value) && automaton.Next(state, (byte)value, left, out _) >= 0) first = first.With((byte)value);
        return first;
    }
}
