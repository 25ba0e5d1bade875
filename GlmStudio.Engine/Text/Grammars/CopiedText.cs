namespace GlmStudio.Engine.Text.Grammars;

/// <summary>Texts that are copied: a run of characters of one line of a page, or of lines that follow each other. Nothing else can be written: no digit is
/// invented, none left out in the middle, and a word or a number is never cut.</summary>
/// <param name="book">Makes the rules.</param>
/// <param name="characters">How characters are written.</param>
/// <param name="lines">The page's lines in reading order.</param>
internal sealed class CopiedText(RuleBook book, CharacterRules characters, IReadOnlyList<string> lines)
{
    private readonly List<int[]> _lines = [.. lines.Select(Writable)];
    private readonly Dictionary<(int Lines, bool NeedsDigit), Rule> _known = [];

    private readonly Dictionary<int, Rule> _characters = [];

    // A line's end may be a blank, a line break, or nothing (Chinese).
    private readonly Rule _break = book.Choice(Rules.End, characters.One(CodePoints.Of(" \n")));

    /// <summary>A run over at most so many neighbouring lines; <see cref="Rules.Nothing"/> where the page has none.</summary>
    /// <exception cref="GrammarTooLargeException">The page has too much text.</exception>
    public Rule Of(int mostLines, bool needsDigit)
    {
        if (_known.TryGetValue((mostLines, needsDigit), out var known)) return known;
        var starts = new List<Rule>();
        // From the end: what may follow within a line is made of what may follow within the next.
        var below = new Rule[mostLines + 1, 2];
        for (var line = _lines.Count - 1; line >= 0; line--)
        {
            var here = new Rule[mostLines + 1, 2];
            for (var left = 1; left <= mostLines; left++)
                foreach (var isDone in needsDigit ? (int[])[0, 1] : [1])
                {
                    var runs = Runs(_lines[line], isDone == 1, left > 1 ? (below[left - 1, 0], below[left - 1, 1]) : default);
                    here[left, isDone] = runs.Length > 0 ? runs[0] : Rules.Nothing;
                    if (left == mostLines && isDone == (needsDigit ? 0 : 1)) starts.AddRange(runs.Where((_, i) => !IsInside(_lines[line], i)));
                }
            below = here;
        }
        return _known[(mostLines, needsDigit)] = book.Choice(starts);
    }

    /// <summary>The runs that begin at each character of a line.</summary>
    /// <param name="line">Its characters.</param>
    /// <param name="isDone">Whether the run may end without another digit.</param>
    /// <param name="next">The run that begins with the next line, without a digit so far and with one.</param>
    private Rule[] Runs(int[] line, bool isDone, (Rule? Without, Rule? With) next)
    {
        var runs = new Rule[line.Length];
        var done = isDone ? runs : Runs(line, isDone: true, next);
        var after = Broken(isDone ? next.With : next.Without, isDone);
        for (var i = line.Length - 1; i >= 0; i--)
        {
            var rest = i == line.Length - 1 ? after : isDone && !IsInside(line, i + 1) ? book.Choice(Rules.End, runs[i + 1]) : runs[i + 1];
            if (!isDone && IsDigit(line[i])) rest = i == line.Length - 1 ? Broken(next.With, isDone: true) : IsInside(line, i + 1) ? done[i + 1] : book.Choice(Rules.End, done[i + 1]);
            runs[i] = book.Sequence(One(line[i]), rest);
        }
        return runs;
    }

    private Rule One(int character) => _characters.TryGetValue(character, out var known) ? known
        : _characters[character] = characters.One(CodePoints.Of(character, character));

    private Rule Broken(Rule? next, bool isDone) => book.Choice(isDone ? Rules.End : Rules.Nothing, next is null ? Rules.Nothing : book.Sequence(_break, next));

    // Between two digits or two Latin letters, and around the point in the middle of a number.
    private static bool IsInside(int[] line, int at)
    {
        if (at <= 0 || at >= line.Length) return false;
        var (before, after) = (line[at - 1], line[at]);
        return (IsDigit(before) && IsDigit(after)) || (IsLetter(before) && IsLetter(after))
            || (IsPoint(after) && IsDigit(before) && at + 1 < line.Length && IsDigit(line[at + 1])) || (IsPoint(before) && IsDigit(after) && at > 1 && IsDigit(line[at - 2]));
    }

    private static bool IsDigit(int character) => character is (>= '0' and <= '9') or (>= '０' and <= '９');

    private static bool IsLetter(int character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsPoint(int character) => character is '.' or ',';

    private static int[] Writable(string line) => [.. line.Trim().EnumerateRunes().Select(r => r.Value).Where(CharacterRules.AllInJson.Contains)];
}
