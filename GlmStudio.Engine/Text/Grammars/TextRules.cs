namespace GlmStudio.Engine.Text.Grammars;

/// <summary>Texts of a bounded length, free or after a pattern.</summary>
/// <param name="book">Makes the rules.</param>
/// <param name="budget">What it may cost.</param>
/// <param name="isJson">Whether the texts stand between the quotes of JSON; the quotes are not part of them.</param>
internal sealed class TextRules(RuleBook book, CompileBudget budget, bool isJson)
{
    private readonly CharacterRules _characters = new(book, isJson);
    private readonly Dictionary<(string Pattern, bool IsAnchored, int Fewest, int Most), Rule> _known = [];

    public CharacterRules Characters => _characters;

    /// <summary>Any text of so many characters.</summary>
    public Rule Free(int fewest, int most) => Free(isJson ? CharacterRules.AllInJson : CodePoints.All, fewest, most);

    /// <summary>A text of so many characters out of a set.</summary>
    /// <remarks>A set without some plain character is an automaton's: masks know what to do with one.</remarks>
    public Rule Free(CodePoints characters, int fewest, int most)
    {
        if (most <= 1 || !(CharacterRules.PlainInJson & ~characters).Ranges.Any()) return book.Repeat(_characters.One(characters), fewest, most);
        var own = new RuleBook(budget);
        var any = own.Repeat(new CharacterRules(own, isJson).One(characters), 0, Rule.Unbounded);
        return AutomatonBuilder.Build(own, budget, any, isJson, fewest) is { } automaton ? book.State(automaton, 0, most) : Rules.Nothing;
    }

    /// <summary>A text that a pattern matches, of so many characters. <see cref="Rules.Nothing"/> where there is none.</summary>
    /// <exception cref="PatternException">The pattern is wrong or of an unsupported kind.</exception>
    /// <exception cref="GrammarTooLargeException">It takes too long or too much memory.</exception>
    public Rule Matching(string pattern, bool isAnchored, int fewest, int most)
    {
        var key = (pattern, isAnchored, fewest, most);
        if (_known.TryGetValue(key, out var known)) return known;
        var own = new RuleBook(budget);
        var rule = new PatternParser(own, new CharacterRules(own, isJson), pattern).Read(isAnchored);
        var automaton = AutomatonBuilder.Build(own, budget, rule, isJson, fewest);
        return _known[key] = automaton is null ? Rules.Nothing : book.State(automaton, 0, most);
    }

    /// <summary>A text of a pattern that bounds itself.</summary>
    public Rule Whole(string pattern) => new PatternParser(book, _characters, pattern).Read(isAnchored: true);
}
