using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>A state as far as one token can see: counts that no token can use up are cut, and what lies further away is left out. States that look alike so
/// far permit the same tokens, so a mask made for one serves all: every place in a long text, every item of a list.</summary>
/// <param name="book">Makes the rules.</param>
internal sealed class Horizon(RuleBook book)
{
    private readonly Dictionary<(Rule Rule, long Reach), Rule> _known = [];

    public void Forget() => _known.Clear();

    /// <summary>A rule cut after so many bytes.</summary>
    public Rule Of(Rule rule, long reach)
    {
        if (reach <= 0) return Rules.Far;
        if (rule is ByteRule || ReferenceEquals(rule, Rules.End) || ReferenceEquals(rule, Rules.Far)) return rule;
        if (_known.TryGetValue((rule, reach), out var known)) return known;
        return _known[(rule, reach)] = rule switch
        {
            SequenceRule pair => book.Sequence(Of(pair.Head, reach), Of(pair.Tail, reach - pair.Head.Shortest)),
            ChoiceRule choice => book.Choice(choice.Options.Select(o => Of(o, reach))),
            RepeatRule repeat => Cut(repeat, reach),
            AutomatonRule state => book.State(state.Automaton, state.State, Math.Min(state.Left, reach + state.Automaton.LongestWayOut + 1)),
            CopyRule copy => copy.With(Math.Min(copy.Left, reach + copy.Page.LongestWay + 1), book),
            _ => rule,
        };
    }

    private Rule Cut(RepeatRule rule, long reach)
    {
        var most = reach / rule.Part.Shortest + 2;
        return book.Repeat(Of(rule.Part, reach), Math.Min(rule.Least, most), Math.Min(rule.Most, most));
    }
}
