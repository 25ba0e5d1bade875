using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>How far plain characters run freely in a pattern's automaton: character by character, over all states they lead to.</summary>
/// <param name="grammar">The grammar whose book is asked.</param>
internal sealed class FreePatterns(Grammar grammar)
{
    // More characters left out are no longer few; more states at one distance are no longer quickly looked through.
    private const int MostExcluded = 16, MostStates = 64;

    private readonly Dictionary<(Automaton, int State), ByteSet?> _excluded = [];
    private readonly Dictionary<(Automaton, int State, ByteSet Excluded), After> _after = [];

    /// <summary>The run from a state on; null where nothing can be said quickly.</summary>
    public FreeRun? Of(AutomatonRule rule)
    {
        if (!rule.Automaton.Begins(rule.State) || Excluded(rule.Automaton, rule.State) is not { } excluded) return null;
        var (sure, possible) = (0, 0);
        var (isSure, layer) = (true, new HashSet<int> { rule.State });
        for (var characters = 1; characters <= TokenBytes.MostPlain; characters++)
        {
            if (layer.Count > MostStates) return new FreeRun(sure, Rule.Unbounded, excluded);
            var next = new HashSet<int>();
            foreach (var state in layer)
            {
                var after = AfterOne(rule.Automaton, state, excluded);
                isSure &= !after.IsAstray;
                foreach (var to in after.States)
                    // From there the end must be within reach.
                    if (rule.Automaton.ShortestCharacters(to) <= LeftAfter(rule, characters)) next.Add(to);
                    else isSure = false;
            }
            if (next.Count == 0) break;
            if (isSure) sure = characters;
            (possible, layer) = (characters, next);
        }
        return new FreeRun(sure, possible, excluded);
    }

    private static long LeftAfter(AutomatonRule rule, int characters) => rule.Left == Rule.Unbounded ? rule.Left : rule.Left - characters;

    /// <summary>The plain characters of one byte that may not come in a state; null where they are many, or where all others lead astray anyhow.</summary>
    private ByteSet? Excluded(Automaton automaton, int state)
    {
        if (_excluded.TryGetValue((automaton, state), out var known)) return known;
        var excluded = new ByteSet();
        for (var value = 0; value < 0x80; value++)
            if (grammar.Plain.First.Contains((byte)value) && automaton.Next(state, (byte)value) < 0) excluded = excluded.With((byte)value);
        return _excluded[(automaton, state)] = excluded.Count > MostExcluded ? null : excluded;
    }

    private After AfterOne(Automaton automaton, int state, ByteSet excluded)
    {
        if (_after.TryGetValue((automaton, state, excluded), out var known)) return known;
        var states = new HashSet<int>();
        var isAstray = false;
        Follow(state, grammar.Plain, excluded);
        return _after[(automaton, state, excluded)] = new After([.. states], isAstray);

        void Follow(int from, Rule characters, ByteSet without)
        {
            if (ReferenceEquals(characters, Rules.End))
            {
                states.Add(from);
                return;
            }
            foreach (var value in grammar.Book.Representatives)
                if (!characters.First.Contains(value) || without.Contains(value)) continue;
                else if (automaton.Next(from, value) is var to and >= 0) Follow(to, grammar.Book.Step(characters, value), new ByteSet());
                else isAstray = true;
        }
    }

    /// <param name="States">Where single plain characters lead.</param>
    /// <param name="IsAstray">Whether one of them may not come.</param>
    private sealed record After(int[] States, bool IsAstray);
}
