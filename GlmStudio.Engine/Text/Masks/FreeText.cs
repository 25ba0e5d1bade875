using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>Where plain characters may come whatever they are: in a free text, and in a pattern from which none of them leads astray (a digit somewhere in
/// 40 characters). There, tokens of plain characters are permitted by their number of characters alone.</summary>
/// <param name="grammar">The grammar whose book is asked.</param>
internal sealed class FreeText(Grammar grammar)
{
    private readonly Dictionary<Rule, bool> _takesAll = [];
    private readonly Dictionary<Automaton, int[]> _needs = [];

    public void Forget() => _takesAll.Clear();

    /// <summary>How many plain characters may surely come, and how many may come at all, whatever they are.</summary>
    public (int Sure, int Possible) Of(Rule state)
    {
        Rule[] options = state is ChoiceRule choice ? choice.Options : [state];
        var (sure, possible) = (0, 0);
        foreach (var option in options)
        {
            var (text, next) = Leading(option, new ByteSet());
            var (least, most) = text switch
            {
                RepeatRule repeat when TakesAll(repeat.Part) => (repeat.Most, repeat.Most),
                AutomatonRule pattern when Needs(pattern) is var need and >= 0 => (pattern.Left == Rule.Unbounded ? pattern.Left : pattern.Left - need, pattern.Left),
                _ => (0, option.First is var first && (first & grammar.Plain.First).IsEmpty ? 0 : Rule.Unbounded),
            };
            // Whatever follows the text may be plain too.
            if (!(next & grammar.Plain.First).IsEmpty) most = Rule.Unbounded;
            (sure, possible) = (Math.Max(sure, Bounded(least)), Math.Max(possible, Bounded(most)));
        }
        return (sure, possible);
    }

    private static int Bounded(long characters) => (int)Math.Clamp(characters, 0, TokenBytes.MostPlain);

    // The text an option begins with, and the bytes that may come after it.
    private static (Rule? Text, ByteSet Next) Leading(Rule rule, ByteSet next) => rule switch
    {
        RepeatRule or AutomatonRule => (rule, next),
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

    /// <summary>The most characters that any state within reach of plain characters needs to its end; -1 where one of them leads astray.</summary>
    private int Needs(AutomatonRule rule)
    {
        if (!_needs.TryGetValue(rule.Automaton, out var needs)) _needs[rule.Automaton] = needs = NeedsOf(rule.Automaton);
        return needs[rule.State];
    }

    private int[] NeedsOf(Automaton automaton)
    {
        var after = Enumerable.Range(0, automaton.States).Select(s => automaton.Begins(s) ? After(automaton, s) : null).ToArray();
        // States from which a plain character can lead astray, and those that lead there, are struck out until none is left to strike.
        for (var changed = true; changed;)
        {
            changed = false;
            for (var s = 0; s < after.Length; s++)
                if (after[s] is { } next && next.Any(n => after[n] is null)) (after[s], changed) = (null, true);
        }
        var needs = after.Select((next, s) => next is null ? -1 : automaton.ShortestCharacters(s)).ToArray();
        for (var changed = true; changed;)
        {
            changed = false;
            for (var s = 0; s < needs.Length; s++)
                if (after[s] is { Count: > 0 } next && next.Max(n => needs[n]) is var most && most > needs[s]) (needs[s], changed) = (most, true);
        }
        return needs;
    }

    // The states that single plain characters lead to, or null where one of them may not come.
    private HashSet<int>? After(Automaton automaton, int state)
    {
        var found = new HashSet<int>();
        return Follow(state, grammar.Plain) ? found : null;

        bool Follow(int from, Rule characters)
        {
            if (ReferenceEquals(characters, Rules.End)) return found.Add(from) || true;
            foreach (var value in grammar.Book.Representatives)
            {
                if (!characters.First.Contains(value)) continue;
                if (automaton.Next(from, value) is not (var to and >= 0) || !Follow(to, grammar.Book.Step(characters, value))) return false;
            }
            return true;
        }
    }
}
