using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>How far plain characters run freely in a pattern's automaton: character by character, over all states they lead to.</summary>
/// <param name="grammar">The grammar whose book is asked.</param>
internal sealed class FreePatterns(Grammar grammar)
{
    // More states at one distance are no longer quickly looked through; for a shorter run no class is worth its walk over all tokens.
    private const int MostStates = 64, FewestSure = 8;

    private readonly NextCharacters _classes = new(grammar);
    private readonly Dictionary<(Automaton, int State, CharacterClass? Class), After> _after = [];

    /// <summary>The run from a state on; null where nothing can be said quickly.</summary>
    public FreeRun? Of(AutomatonRule rule)
    {
        if (!rule.Automaton.Begins(rule.State) || !_classes.TryFind(rule.Automaton, rule.State, out var characters)) return null;
        var (sure, possible) = (0, 0);
        var (isSure, layer) = (true, new HashSet<int> { rule.State });
        for (var count = 1; count <= TokenBytes.MostPlain; count++)
        {
            if (layer.Count > MostStates) return new FreeRun(sure, Rule.Unbounded, characters);
            var next = new HashSet<int>();
            foreach (var state in layer)
            {
                var after = AfterOne(rule.Automaton, state, characters);
                isSure &= !after.IsAstray;
                foreach (var to in after.States)
                    // From there the end must be within reach.
                    if (rule.Automaton.ShortestCharacters(to) <= LeftAfter(rule, count)) next.Add(to);
                    else isSure = false;
            }
            if (next.Count == 0) break;
            if (isSure) sure = count;
            (possible, layer) = (count, next);
        }
        return characters is { IsKnown: false } && sure < FewestSure ? null : new FreeRun(sure, possible, characters);
    }

    private static long LeftAfter(AutomatonRule rule, int characters) => rule.Left == Rule.Unbounded ? rule.Left : rule.Left - characters;

    private After AfterOne(Automaton automaton, int state, CharacterClass? characters)
    {
        if (_after.TryGetValue((automaton, state, characters), out var known)) return known;
        var states = new HashSet<int>();
        var isAstray = false;
        Follow(state, characters?.State ?? 0, grammar.Plain);
        return _after[(automaton, state, characters)] = new After([.. states], isAstray);

        // Beside the state goes the one that stands for the class: where that one stops, the character is not of the class.
        void Follow(int from, int member, Rule plain)
        {
            if (ReferenceEquals(plain, Rules.End))
            {
                states.Add(from);
                return;
            }
            foreach (var value in grammar.Book.Representatives)
            {
                var stays = !plain.First.Contains(value) ? -1 : characters?.Automaton.Next(member, value) ?? 0;
                if (stays < 0) continue;
                if (automaton.Next(from, value) is var to and >= 0) Follow(to, stays, grammar.Book.Step(plain, value));
                else isAstray = true;
            }
        }
    }

    /// <param name="States">Where single characters of the class lead.</param>
    /// <param name="IsAstray">Whether one of them may not come.</param>
    private sealed record After(int[] States, bool IsAstray);
}
