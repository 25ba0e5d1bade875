using System.Globalization;

namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>Tokens → expressions, by Jinja's precedence: if-else, or, and, not, comparison, ~, + −, * / // %, unary, **, then members, calls, filters and tests.</summary>
internal class ExpressionParser(IReadOnlyList<Token> tokens)
{
    private const int MaxDepth = 100;
    private static readonly string[] Comparisons = ["==", "!=", "<", ">", "<=", ">="];
    private int _at;
    private int _depth;

    protected Token Current => tokens[_at];

    protected Token Take() => tokens[_at++];

    protected bool TryTake(string text)
    {
        if (!Current.Is(text)) return false;
        _at++;
        return true;
    }

    protected void Expect(string text)
    {
        if (!TryTake(text)) throw Fault.At(Current.Line, $"expected \"{text}\", found \"{Current.Text}\"");
    }

    protected string ExpectName() => Current.Kind == TokenKind.Name ? Take().Text : throw Fault.At(Current.Line, $"expected a name, found \"{Current.Text}\"");

    /// <summary>What a loop walks over: an expression without if-else.</summary>
    protected Expression LoopItems() => Or();

    public Expression Expression()
    {
        if (++_depth > MaxDepth) throw Fault.At(Current.Line, "an expression is nested too deeply");
        var value = Or();
        while (TryTake("if"))
        {
            var condition = Or();
            value = Expressions.Choose(condition, value, TryTake("else") ? Expression() : null);
        }
        _depth--;
        return value;
    }

    private Expression Or()
    {
        var left = And();
        while (TryTake("or")) left = Expressions.Or(left, And());
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (TryTake("and")) left = Expressions.And(left, Not());
        return left;
    }

    private Expression Not() => TryTake("not") ? Expressions.Not(Not()) : Comparison();

    private Expression Comparison()
    {
        var left = Concatenation();
        while (true)
        {
            if (Current.Kind == TokenKind.Operator && Comparisons.Contains(Current.Text)) left = Expressions.Binary(Take().Text, left, Concatenation());
            else if (TryTake("in")) left = Expressions.Binary("in", left, Concatenation());
            else if (Current.Is("not") && tokens[_at + 1].Is("in"))
            {
                _at += 2;
                left = Expressions.Binary("not in", left, Concatenation());
            }
            else return left;
        }
    }

    private Expression Concatenation() => Chain(Sum, "~");

    private Expression Sum() => Chain(Product, "+", "-");

    private Expression Product() => Chain(Unary, "*", "/", "//", "%");

    private Expression Chain(Func<Expression> operand, params string[] operators)
    {
        var left = operand();
        while (Current.Kind == TokenKind.Operator && operators.Contains(Current.Text)) left = Expressions.Binary(Take().Text, left, operand());
        return left;
    }

    private Expression Unary()
    {
        if (TryTake("-")) return Expressions.Binary("-", Expressions.Constant(0L), Unary());
        if (TryTake("+")) return Unary();
        var value = Postfix(Primary());
        return TryTake("**") ? Expressions.Binary("**", value, Unary()) : value;
    }

    private Expression Postfix(Expression value)
    {
        while (true)
        {
            var line = Current.Line;
            if (TryTake(".")) value = Attribute(value, Take().Text);
            else if (TryTake("[")) value = Subscript(value);
            else if (TryTake("(")) value = Expressions.Call(value, CallArguments(), line);
            else if (TryTake("|")) value = Filter(value, ExpectName(), line);
            else if (TryTake("is")) value = Test(value, line);
            else return value;
        }
    }

    private static Expression Attribute(Expression target, string name) => context => Members.Attribute(target(context), name);

    private Expression Filter(Expression value, string name, int line)
    {
        var arguments = TryTake("(") ? CallArguments() : Arguments.None;
        return context =>
        {
            var (positional, named) = arguments.Evaluate(context);
            return Filters.Apply(name, value(context), positional, named, line);
        };
    }

    private Expression Test(Expression value, int line)
    {
        var negated = TryTake("not");
        var name = ExpectName();
        var arguments = TryTake("(") ? CallArguments() : name is "equalto" or "eq" or "ne" or "in" ? new Arguments([Primary()], []) : Arguments.None;
        return context => Filters.Test(name, value(context), arguments.Evaluate(context).Positional, line) != negated;
    }

    private Expression Subscript(Expression target)
    {
        var start = Current.Is(":") ? null : Expression();
        if (!TryTake(":"))
        {
            Expect("]");
            return context => Members.Item(target(context), start!(context));
        }
        var stop = Current.Is(":") || Current.Is("]") ? null : Expression();
        var step = TryTake(":") && !Current.Is("]") ? Expression() : null;
        Expect("]");
        return context => Members.Slice(target(context), start?.Invoke(context), stop?.Invoke(context), step?.Invoke(context));
    }

    protected Arguments CallArguments()
    {
        var (positional, named) = (new List<Expression>(), new List<(string, Expression)>());
        while (!TryTake(")"))
        {
            if (Current.Kind == TokenKind.Name && tokens[_at + 1].Is("="))
            {
                var name = Take().Text;
                Take();
                named.Add((name, Expression()));
            }
            else positional.Add(Expression());
            if (!Current.Is(")")) Expect(",");
        }
        return new Arguments(positional, named);
    }

    private Expression Primary()
    {
        var token = Take();
        return token.Kind switch
        {
            TokenKind.String => Expressions.Constant(token.Text + AdjacentStrings()),
            TokenKind.Number => Expressions.Constant(Number(token)),
            TokenKind.Name => token.Text switch
            {
                "true" or "True" => Expressions.Constant(true),
                "false" or "False" => Expressions.Constant(false),
                "none" or "None" => Expressions.Constant(null),
                _ => Expressions.Name(token.Text),
            },
            _ when token.Is("(") => Parenthesised(),
            _ when token.Is("[") => Expressions.List(Items("]")),
            _ when token.Is("{") => Mapping(),
            _ => throw Fault.At(token.Line, $"expected a value, found \"{token.Text}\""),
        };
    }

    private string AdjacentStrings() => Current.Kind == TokenKind.String ? Take().Text + AdjacentStrings() : "";

    private static object Number(Token token) => long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? (object)whole
        : double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Fault.At(token.Line, $"{token.Text} is not a number");

    private Expression Parenthesised()
    {
        var items = Items(")", out var isTuple);
        return isTuple || items.Count != 1 ? Expressions.List(items) : items[0];
    }

    private List<Expression> Items(string close) => Items(close, out _);

    private List<Expression> Items(string close, out bool hasComma)
    {
        var items = new List<Expression>();
        hasComma = false;
        while (!TryTake(close))
        {
            items.Add(Expression());
            if (Current.Is(close)) continue;
            Expect(",");
            hasComma = true;
        }
        return items;
    }

    private Expression Mapping()
    {
        var entries = new List<(Expression, Expression)>();
        while (!TryTake("}"))
        {
            var key = Expression();
            Expect(":");
            entries.Add((key, Expression()));
            if (!Current.Is("}")) Expect(",");
        }
        return Expressions.Mapping(entries);
    }
}
