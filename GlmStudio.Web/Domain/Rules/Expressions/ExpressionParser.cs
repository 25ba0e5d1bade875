using System.Globalization;

namespace GlmStudio.Web.Domain.Rules.Expressions;

/// <summary>
/// Recursive descent over an expression's text:
/// <code>
/// joined    = sum { "&amp;" sum }
/// sum       = product { ("+" | "-") product }
/// product   = signed { ("*" | "/") signed }
/// signed    = "-" signed | part
/// part      = number | "text" | {field} | "(" joined ")" | round(joined, digits) | or(joined, joined) | if(condition, joined, joined)
/// condition = joined ("=" | "&lt;&gt;" | "&lt;" | "&gt;" | "&lt;=" | "&gt;=") joined
/// </code>
/// </summary>
internal sealed class ExpressionParser(string text)
{
    public const int MaxLength = 1_000;
    private const int MaxDepth = 32;
    private static readonly string[] Signs = ["<>", "<=", ">=", "=", "<", ">"];
    private int _at;
    private int _depth;

    /// <summary>Keys of the fields in the order in which they stand.</summary>
    public List<string> Fields { get; } = [];

    public Node Read()
    {
        if (text.Length > MaxLength) throw new ExpressionException("The expression is longer than 1,000 characters.");
        var node = Joined();
        return Peek() == '\0' && _at >= text.Length ? node : throw Wrong("Nothing more is expected here.");
    }

    private Node Joined()
    {
        if (++_depth > MaxDepth) throw Wrong("The expression is nested too deep.");
        var node = Sum();
        while (Take('&')) node = new Joined(node, Sum());
        _depth--;
        return node;
    }

    private Node Sum()
    {
        var node = Product();
        while (Peek() is '+' or '-' && Next() is var sign) node = new Arithmetic(sign, node, Product());
        return node;
    }

    private Node Product()
    {
        var node = Signed();
        while (Peek() is '*' or '/' && Next() is var sign) node = new Arithmetic(sign, node, Signed());
        return node;
    }

    private Node Signed()
    {
        if (!Take('-')) return Part();
        if (++_depth > MaxDepth) throw Wrong("The expression is nested too deep.");
        var node = new Minus(Signed());
        _depth--;
        return node;
    }

    private Node Part() => Peek() switch
    {
        '(' => InBrackets(),
        '{' => Field(),
        '"' => Text(),
        >= '0' and <= '9' or '.' => new Literal(Operand.Of(Number())),
        var c when char.IsAsciiLetter(c) => Call(),
        _ => throw Wrong("A number, a {field}, a \"text\" or a bracket is expected here."),
    };

    private Node InBrackets()
    {
        Require('(');
        var node = Joined();
        Require(')');
        return node;
    }

    private FieldValue Field()
    {
        var end = text.IndexOf('}', _at);
        if (end < 0) throw Wrong("The bracket { of a field is not closed.");
        var key = text[(_at + 1)..end].Trim();
        // Half a surrogate pair, which Normalize refuses, is no field's key.
        if (!key.Any(char.IsSurrogate)) key = key.Normalize();
        _at = end + 1;
        Fields.Add(key);
        return new FieldValue(key);
    }

    /// <summary>A quote inside is written twice.</summary>
    private Literal Text()
    {
        var content = new System.Text.StringBuilder();
        for (var i = _at + 1; i < text.Length; i++)
        {
            if (text[i] != '"') content.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '"') content.Append(text[i++]);
            else
            {
                _at = i + 1;
                return new Literal(new Operand(content.ToString()));
            }
        }
        throw Wrong("The quote is not closed.");
    }

    private decimal Number()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
        if (decimal.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return value;
        _at = start;
        throw Wrong("This is not a number.");
    }

    private Node Call()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at])) _at++;
        var name = text[start.._at];
        if (name is not ("round" or "or" or "if"))
        {
            _at = start;
            throw Wrong("The functions are round, or, if. The name of a field stands in braces: {total}.");
        }
        Require('(');
        Node node = name switch { "round" => Round(), "or" => Or(), _ => If() };
        Require(')');
        return node;
    }

    private Rounded Round()
    {
        var inner = Joined();
        Require(',');
        Peek();
        var at = _at;
        if (Number() is var digits && digits is >= 0 and <= 10 && digits == decimal.Truncate(digits)) return new Rounded(inner, (int)digits);
        _at = at;
        throw Wrong("The number of digits goes from 0 to 10.");
    }

    private Default Or()
    {
        var first = Joined();
        Require(',');
        return new Default(first, Joined());
    }

    private Condition If()
    {
        var left = Joined();
        Peek();
        var sign = Signs.FirstOrDefault(s => text.AsSpan(_at).StartsWith(s)) ?? throw Wrong("A comparison is expected here: =, <>, <, >, <= or >=.");
        _at += sign.Length;
        var right = Joined();
        Require(',');
        var then = Joined();
        Require(',');
        return new Condition(sign, left, right, then, Joined());
    }

    /// <summary>The next character after blanks; NUL at the end.</summary>
    private char Peek()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return _at < text.Length ? text[_at] : '\0';
    }

    private char Next() => text[_at++];

    private bool Take(char wanted)
    {
        if (Peek() != wanted) return false;
        _at++;
        return true;
    }

    private void Require(char wanted)
    {
        if (!Take(wanted)) throw Wrong(wanted switch
        {
            '(' => "A bracket ( is expected here.", ')' => "A bracket ) is expected here.", _ => "A comma is expected here.",
        });
    }

    private ExpressionException Wrong(string sentence) => new(sentence, _at);
}
