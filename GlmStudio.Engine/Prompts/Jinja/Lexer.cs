using System.Text;

namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>Template source → tokens. White space around tags is already cut here.</summary>
internal sealed class Lexer
{
    private const int MaxLength = 1_000_000;
    private static readonly string[] Operators = ["**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|"];

    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;

    private Lexer(string source) => _source = source;

    public static IReadOnlyList<Token> Read(string source)
    {
        if (source.Length > MaxLength) throw Fault.At(1, $"the template has {source.Length:N0} characters, the limit is {MaxLength:N0}");
        // Jinja drops one newline at the very end.
        var text = source.Replace("\r\n", "\n", StringComparison.Ordinal);
        var lexer = new Lexer(text.EndsWith('\n') ? text[..^1] : text);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        var trimNext = false;
        while (_at < _source.Length)
        {
            var tag = NextTag();
            var text = _source[_at..tag];
            if (trimNext) text = text.TrimStart();
            Text(tag < _source.Length ? TrimBefore(text, tag) : text);
            _line += _source.AsSpan(_at, tag - _at).Count('\n');
            _at = tag;
            trimNext = tag < _source.Length && Tag();
        }
        _tokens.Add(new Token(TokenKind.End, "the end", _line));
    }

    private void Text(string text)
    {
        if (text.Length > 0) _tokens.Add(new Token(TokenKind.Text, text, _line));
    }

    private int NextTag()
    {
        for (var at = _at; (at = _source.IndexOf('{', at)) >= 0 && at + 1 < _source.Length; at++)
            if (_source[at + 1] is '{' or '%' or '#') return at;
        return _source.Length;
    }

    // "-" strips all white space before the tag; a block or comment alone on its line loses its indent (lstrip_blocks) unless "+" says no.
    private string TrimBefore(string text, int tag)
    {
        var mark = tag + 2 < _source.Length ? _source[tag + 2] : ' ';
        if (mark == '-') return text.TrimEnd();
        if (mark == '+' || _source[tag + 1] == '{') return text;
        var lineStart = text.LastIndexOf('\n') + 1;
        var atLineStart = lineStart > 0 || _at == 0 || _source[_at - 1] == '\n';
        return atLineStart && string.IsNullOrWhiteSpace(text[lineStart..]) ? text[..lineStart] : text;
    }

    // Reads one tag and says whether white space after it is stripped.
    private bool Tag()
    {
        var kind = _source[_at + 1];
        var close = kind switch { '{' => "}}", '%' => "%}", _ => "#}" };
        _at += 2;
        if (kind == '#') return EndTag(Find(close), close, isBlock: true);
        if (_at < _source.Length && _source[_at] is '-' or '+') _at++;
        _tokens.Add(new Token(kind == '{' ? TokenKind.OutputStart : TokenKind.BlockStart, close, _line));
        while (!AtClose(close)) Inside(close);
        _tokens.Add(new Token(kind == '{' ? TokenKind.OutputEnd : TokenKind.BlockEnd, close, _line));
        return EndTag(_at + (_source[_at] is '-' or '+' ? 1 : 0), close, isBlock: kind == '%');
    }

    private int Find(string close)
    {
        var end = _source.IndexOf(close, _at, StringComparison.Ordinal);
        if (end < 0) throw Fault.At(_line, $"a comment has no end \"{close}\"");
        _line += _source.AsSpan(_at, end - _at).Count('\n');
        _at = end > _at && _source[end - 1] == '-' ? end - 1 : end;
        return end;
    }

    // trim_blocks: the newline right after a block or comment goes.
    private bool EndTag(int close, string text, bool isBlock)
    {
        var strips = _source[_at] == '-';
        _at = close + text.Length;
        if (isBlock && !strips && _at < _source.Length && _source[_at] == '\n')
        {
            _at++;
            _line++;
        }
        return strips;
    }

    private bool AtClose(string close)
    {
        while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
            if (_source[_at++] == '\n') _line++;
        if (_at >= _source.Length) throw Fault.At(_line, $"a tag has no end \"{close}\"");
        return Starts(close) || (_source[_at] is '-' or '+' && string.CompareOrdinal(_source, _at + 1, close, 0, 2) == 0);
    }

    private void Inside(string close)
    {
        var c = _source[_at];
        if (c is '\'' or '"') StringLiteral(c);
        else if (char.IsAsciiDigit(c)) Take(TokenKind.Number, Run(_at, static d => char.IsAsciiDigit(d) || d == '.'));
        else if (char.IsLetter(c) || c == '_') Take(TokenKind.Name, Run(_at, static l => char.IsLetterOrDigit(l) || l == '_'));
        else if (Array.Find(Operators, Starts) is { } op) Take(TokenKind.Operator, op.Length);
        else throw Fault.At(_line, $"unexpected \"{c}\" before \"{close}\"");
    }

    private void Take(TokenKind kind, int length)
    {
        _tokens.Add(new Token(kind, _source.Substring(_at, length), _line));
        _at += length;
    }

    private int Run(int from, Func<char, bool> belongs)
    {
        var end = from;
        while (end < _source.Length && belongs(_source[end])) end++;
        return end - from;
    }

    private void StringLiteral(char quote)
    {
        var (text, start) = (new StringBuilder(), _line);
        for (_at++; _at < _source.Length && _source[_at] != quote; _at++)
        {
            if (_source[_at] == '\n') _line++;
            text.Append(_source[_at] == '\\' && _at + 1 < _source.Length ? Escaped(_source[++_at]) : _source[_at]);
        }
        if (_at >= _source.Length) throw Fault.At(start, "a string has no end");
        _at++;
        _tokens.Add(new Token(TokenKind.String, text.ToString(), start));
    }

    private static char Escaped(char c) => c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => c };

    private bool Starts(string text) => string.CompareOrdinal(_source, _at, text, 0, text.Length) == 0;
}
