using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>Where plain characters may come whatever they are: in a free text. There, tokens of such characters are permitted by their number alone.</summary>
/// <param name="grammar">The grammar whose book is asked.</param>
internal sealed class FreeText(Grammar grammar)
{
    private readonly Dictionary<Rule, bool> _takesAll = [];

    public void Forget() => _takesAll.Clear();

    /// <summary>How many plain characters may come.</summary>
    public FreeRun Of(Rule state)
    {
        Rule[] options = state is ChoiceRule choice ? choice.Options : [state];
        var best = FreeRun.None;
        foreach (var option in options)
        {
            var (text, next) = Leading(option);
            var run = text switch
            {
                RepeatRule repeat when TakesAll(repeat.Part) => new FreeRun(repeat.Most, repeat.Most),
                _ => (option.First & grammar.Plain.First).IsEmpty ? FreeRun.None : FreeRun.Unknown,
            };
            // Whatever follows the text may be plain too.
            if (!(next & grammar.Plain.First).IsEmpty) run = run with { Possible = Rule.Unbounded };
            best = best.Or(run);
        }
        return best;
    }

    /// <summary>The text or pattern that an option begins with, and the bytes that may come after it.</summary>
    public static (Rule? Text, ByteSet Following) Leading(Rule option) => Leading(option, new ByteSet());

    private static (Rule? Text, ByteSet Following) Leading(Rule rule, ByteSet next) => rule switch
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
}

/// <summary>How many plain characters may come in a state.</summary>
/// <param name="Sure">So many surely, whatever they are.</param>
/// <param name="Possible">No more than so many.</param>
internal readonly record struct FreeRun(long Sure, long Possible)
{
    /// <summary>No plain character may come.</summary>
    public static FreeRun None => default;

    /// <summary>Plain characters may come; nobody has counted how many.</summary>
    public static FreeRun Unknown => new(0, Rule.Unbounded);

    /// <summary>What is known where one of two may come.</summary>
    public FreeRun Or(FreeRun other) => new(Math.Max(Sure, other.Sure), Math.Max(Possible, other.Possible));
}
