using System.Globalization;

namespace GlmStudio.Engine.Text.Grammars;

/// <summary>Reads a regular expression into rules: characters, classes, groups, alternatives, counts, and anchors at the borders of the whole.
/// What needs memory or a look beyond (look-around, back references, word borders) is refused by name and place.</summary>
/// <param name="book">Makes the rules.</param>
/// <param name="characters">How characters are written.</param>
/// <param name="pattern">The expression, in the syntax that ECMA-262 and .NET share.</param>
internal sealed class PatternParser(RuleBook book, CharacterRules characters, string pattern)
{
    private const int MostCount = 10_000;
    private const int MostDepth = 60;

    private int _at;
    private int _depth;

    /// <summary>Texts of which some part matches; the whole where the pattern is anchored.</summary>
    /// <exception cref="PatternException">The pattern is wrong or of an unsupported kind.</exception>
    public Rule Read(bool isAnchored)
    {
        var any = book.Repeat(characters.One(characters.IsJson ? CharacterRules.AllInJson : CodePoints.All), 0, Rule.Unbounded);
        var options = new List<Rule>();
        do
        {
            var fromStart = Take('^') || isAnchored;
            var body = Sequence(isOutermost: true);
            var toEnd = Take('$') || isAnchored;
            options.Add(book.Sequence(fromStart ? Rules.End : any, body, toEnd ? Rules.End : any));
        }
        while (Take('|'));
        return _at == pattern.Length ? book.Choice(options) : throw Fault(pattern[_at] == ')' ? "a ) without its (" : $"{pattern[_at]} cannot stand there", _at);
    }

    private Rule Alternatives()
    {
        if (++_depth > MostDepth) throw Fault($"groups are nested more than {MostDepth} deep", _at);
        var options = new List<Rule>();
        do options.Add(Sequence(isOutermost: false));
        while (Take('|'));
        _depth--;
        return book.Choice(options);
    }

    private Rule Sequence(bool isOutermost)
    {
        var parts = new List<Rule>();
        while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
        {
            if (pattern[_at] is '^' or '$')
            {
                // The end of an alternative of the whole; its caller takes it.
                if (isOutermost && pattern[_at] == '$' && (_at + 1 == pattern.Length || pattern[_at + 1] == '|')) break;
                throw Fault($"the anchor {pattern[_at]} is supported only at the borders of the whole pattern", _at);
            }
            parts.Add(Counted(Atom()));
        }
        return book.Sequence([.. parts]);
    }

    private Rule Atom()
    {
        var start = _at;
        var character = Next();
        switch (character)
        {
            case '(':
                OpenGroup(start);
                var group = Alternatives();
                return Take(')') ? group : throw Fault("a ( without its )", start);
            case '[':
                return characters.One(Class(start));
            case '.':
                return characters.One(~CodePoints.Of("\n\r\u2028\u2029"));
            case '\\':
                return characters.One(Escape(start));
            case '*' or '+' or '?':
                throw Fault($"{character} has nothing before it to repeat", start);
            default:
                return characters.One(CodePoints.Of(character, character));
        }
    }

    private void OpenGroup(int start)
    {
        if (!Take('?')) return;
        if (Take(':')) return;
        if (Take('<') && _at < pattern.Length && pattern[_at] is not ('=' or '!') && pattern.IndexOf('>', _at) is var end && end > _at)
        {
            _at = end + 1;
            return;
        }
        var kind = _at < pattern.Length ? pattern[_at] : '\0';
        throw Fault(kind is '=' or '!' ? (pattern[_at - 1] == '<' ? "look-behind is not supported" : "look-ahead is not supported") : "this kind of group is not supported", start);
    }

    private Rule Counted(Rule rule)
    {
        var start = _at;
        var (least, most) = (1L, 1L);
        if (Take('*')) (least, most) = (0, Rule.Unbounded);
        else if (Take('+')) (least, most) = (1, Rule.Unbounded);
        else if (Take('?')) (least, most) = (0, 1);
        else if (!TakeCounts(ref least, ref most)) return rule;
        // Greedy or lazy, the same texts match.
        Take('?');
        if (Take('+')) throw Fault("possessive counts are not supported", start);
        if (_at < pattern.Length && (pattern[_at] is '*' or '?' || IsCounts())) throw Fault("two counts follow each other", _at);
        return book.Repeat(rule, least, most);
    }

    private bool IsCounts() => pattern[_at] == '{' && _at + 1 < pattern.Length && char.IsAsciiDigit(pattern[_at + 1]);

    private bool TakeCounts(ref long least, ref long most)
    {
        // A brace that opens no counts is itself.
        if (_at >= pattern.Length || !IsCounts()) return false;
        var start = _at++;
        least = Number(start);
        most = least;
        if (Take(',')) most = _at < pattern.Length && char.IsAsciiDigit(pattern[_at]) ? Number(start) : Rule.Unbounded;
        if (!Take('}')) throw Fault("a count without its }", start);
        return least <= most ? true : throw Fault($"the count runs from {least} to {most}", start);
    }

    private int Number(int start)
    {
        var from = _at;
        while (_at < pattern.Length && char.IsAsciiDigit(pattern[_at])) _at++;
        return int.TryParse(pattern.AsSpan(from, _at - from), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostCount
            ? number : throw Fault($"counts go up to {MostCount:N0}", start);
    }

    private CodePoints Class(int start)
    {
        var isNegated = Take('^');
        var set = CodePoints.None;
        while (!Take(']'))
        {
            var at = _at;
            var (from, one) = ClassItem(start);
            if (_at + 1 < pattern.Length && pattern[_at] == '-' && pattern[_at + 1] != ']')
            {
                _at++;
                var (to, last) = ClassItem(start);
                if (one is null || last is null || one > last) throw Fault("a range of characters runs backwards or from a class", at);
                set |= CodePoints.Of(one.Value, last.Value);
            }
            else set |= from;
        }
        return isNegated ? ~set : set;
    }

    private (CodePoints Set, int? One) ClassItem(int start)
    {
        if (_at >= pattern.Length) throw Fault("a [ without its ]", start);
        var at = _at;
        var character = Next();
        if (character == '[' && _at < pattern.Length && pattern[_at] is (':' or '.' or '=')) throw Fault("POSIX classes are not supported", at);
        var set = character != '\\' ? CodePoints.Of(character, character)
            : _at < pattern.Length && pattern[_at] == 'b' ? Backspace() : Escape(at);
        return (set, set.Ranges is [var (from, to)] && from == to ? from : null);
    }

    private CodePoints Backspace()
    {
        _at++;
        return CodePoints.Of('\b', '\b');
    }

    private CodePoints Escape(int start)
    {
        if (_at >= pattern.Length) throw Fault("a backslash at the end", start);
        var letter = pattern[_at++];
        switch (letter)
        {
            case 'p' or 'P': return Category(start, isNegated: letter == 'P');
            case 'x': return Hexadecimal(2, start);
            case 'u': return Unicode(start);
            case 'b' or 'B': throw Fault("word borders (\\b) are not supported", start);
            case >= '1' and <= '9' or 'k': throw Fault("back references are not supported", start);
            default: break;
        }
        if (CharacterClasses.Of(letter) is { } known) return known;
        if (char.IsAsciiLetterOrDigit(letter)) throw Fault($"\\{letter} is not supported", start);
        if (!char.IsHighSurrogate(letter)) return CodePoints.Of(letter, letter);
        _at--;
        var whole = Next();
        return CodePoints.Of(whole, whole);
    }

    private CodePoints Category(int start, bool isNegated)
    {
        var end = _at < pattern.Length && pattern[_at] == '{' ? pattern.IndexOf('}', _at) : -1;
        if (end < 0) throw Fault("\\p needs {…}", start);
        var name = pattern[(_at + 1)..end];
        _at = end + 1;
        var set = CodePoints.OfCategory(name) ?? throw Fault($"\\p{{{name}}} is not supported, only general categories such as L or Nd are", start);
        return isNegated ? ~set : set;
    }

    private CodePoints Unicode(int start)
    {
        if (!Take('{'))
        {
            var high = Hexadecimal(4, start).Ranges;
            return high.Count == 1 ? CodePoints.Of(high[0].From, high[0].From) : throw Fault("half a surrogate pair is no character", start);
        }
        var end = pattern.IndexOf('}', _at);
        if (end < 0 || !int.TryParse(pattern.AsSpan(_at, end - _at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value > 0x10FFFF)
            throw Fault("\\u{…} needs a character's number", start);
        _at = end + 1;
        return CodePoints.Of(value, value);
    }

    private CodePoints Hexadecimal(int digits, int start)
    {
        if (_at + digits > pattern.Length || !int.TryParse(pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw Fault($"\\{pattern[_at - 1]} needs {digits} hexadecimal digits", start);
        _at += digits;
        return CodePoints.Of(value, value);
    }

    private bool Take(char wanted)
    {
        if (_at >= pattern.Length || pattern[_at] != wanted) return false;
        _at++;
        return true;
    }

    private int Next()
    {
        if (!char.IsSurrogate(pattern[_at])) return pattern[_at++];
        if (!char.IsSurrogatePair(pattern, _at)) throw Fault("half a surrogate pair is no character", _at);
        _at += 2;
        return char.ConvertToUtf32(pattern, _at - 2);
    }

    private static PatternException Fault(string what, int at) => new($"{what} (character {at + 1} of the pattern)");
}
