namespace GlmStudio.Engine.Text.Grammars;

/// <summary>Works a rule out into an automaton: every state it can reach, at once with a count of characters up to a minimum, less all dead ends.</summary>
internal static class AutomatonBuilder
{
    /// <summary>States of one pattern.</summary>
    public const int MostStates = 6000;

    // Where in a character a state stands: between two, inside one with 1 … 3 bytes to come, or after the backslash of a JSON escape.
    private const int Between = 0;
    private const int AfterBackslash = 4;

    /// <param name="book">The rule's book; completed here, and of no use afterwards.</param>
    /// <param name="budget">Pays for the table.</param>
    /// <param name="rule">What is worked out.</param>
    /// <param name="isJson">Whether a backslash and the byte after it are one character.</param>
    /// <param name="fewest">Characters a match must at least have.</param>
    /// <returns>An automaton whose first state is 0, or null where nothing matches.</returns>
    /// <exception cref="GrammarTooLargeException">More than <see cref="MostStates"/> states.</exception>
    public static Automaton? Build(RuleBook book, CompileBudget budget, Rule rule, bool isJson, int fewest)
    {
        book.Complete();
        var numbers = new Dictionary<Place, int>();
        var places = new List<Place>();
        var next = new List<int>();
        Number(new Place(rule, Between, 0));
        for (var at = 0; at < places.Count; at++)
        {
            budget.Hold(sizeof(int) * book.Classes);
            foreach (var value in book.Representatives)
            {
                var after = places[at].Rule.First.Contains(value) ? book.Step(places[at].Rule, value) : Rules.Nothing;
                next.Add(ReferenceEquals(after, Rules.Nothing) ? -1 : Number(Move(places[at], value, after)));
            }
        }
        book.Release();
        return WithoutDeadEnds(book, next, [.. places.Select(p => p.Rule.MatchesEmpty && p.Count >= fewest)], [.. places.Select(p => p.Position != Between)]);

        Place Move(Place place, byte value, Rule after) =>
            new(after, PositionAfter(place.Position, value, isJson), place.Position == Between ? Math.Min(fewest, place.Count + 1) : place.Count);

        int Number(Place place)
        {
            if (numbers.TryGetValue(place, out var number)) return number;
            if (places.Count == MostStates) throw new GrammarTooLargeException($"the pattern has more than {MostStates:N0} states; make its counts smaller");
            places.Add(place);
            return numbers[place] = places.Count - 1;
        }
    }

    private static int PositionAfter(int position, byte value, bool isJson) => position switch
    {
        AfterBackslash => Between,
        > Between => position - 1,
        _ => value switch
        {
            (byte)'\\' when isJson => AfterBackslash,
            < 0xC0 => Between,
            < 0xE0 => 1,
            < 0xF0 => 2,
            _ => 3,
        },
    };

    private static Automaton? WithoutDeadEnds(RuleBook book, List<int> next, bool[] accepts, bool[] isInside)
    {
        var classes = book.Classes;
        var lives = Living(classes, next, accepts);
        if (!lives[0]) return null;
        var numbers = new int[accepts.Length];
        var count = 0;
        for (var s = 0; s < numbers.Length; s++) numbers[s] = lives[s] ? count++ : -1;
        var kept = Enumerable.Range(0, numbers.Length).Where(s => lives[s]).ToList();
        int[] table = [.. kept.SelectMany(s => Enumerable.Range(s * classes, classes).Select(i => next[i] < 0 ? -1 : numbers[next[i]]))];
        return new Automaton(book.ClassOfEachByte(), classes, table, [.. kept.Select(s => accepts[s])], [.. kept.Select(s => isInside[s])]);
    }

    private static bool[] Living(int classes, List<int> next, bool[] accepts)
    {
        var from = Enumerable.Range(0, accepts.Length).Select(_ => new List<int>()).ToList();
        for (var i = 0; i < next.Count; i++)
            if (next[i] >= 0) from[next[i]].Add(i / classes);
        var lives = (bool[])accepts.Clone();
        var queue = new Queue<int>(Enumerable.Range(0, accepts.Length).Where(s => accepts[s]));
        while (queue.TryDequeue(out var state))
            foreach (var before in from[state])
                if (!lives[before])
                {
                    lives[before] = true;
                    queue.Enqueue(before);
                }
        return lives;
    }

    private readonly record struct Place(Rule Rule, int Position, int Count);
}
