using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Domain.Rules.Expressions;

/// <summary>An expression over the values of a row, read once and worked out for each row.</summary>
internal sealed class Expression
{
    /// <summary>Longer results are refused.</summary>
    public const int MaxResult = 32_000;

    private readonly Node _root;

    private Expression(Node root, IReadOnlyList<string> fields) => (_root, Fields) = (root, fields);

    /// <summary>Keys of the fields it uses, each once.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <exception cref="ExpressionException">Where and why it cannot be read.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        return new Expression(parser.Read(), [.. parser.Fields.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The result as text; null where a value that it needs is not there.</summary>
    /// <param name="value">The value of a field by its key.</param>
    /// <exception cref="ExpressionException">There is no result, and why.</exception>
    public string? Evaluate(Func<string, string?> value)
    {
        try
        {
            return _root.Evaluate(value).Text;
        }
        catch (OverflowException)
        {
            throw new ExpressionException("The expression's result is too large.");
        }
        catch (DivideByZeroException)
        {
            throw new ExpressionException("The expression divides by zero.");
        }
    }
}

/// <summary>A text, a number (which is also a text), or nothing.</summary>
internal readonly record struct Operand(string? Text, decimal? Known = null)
{
    public static Operand Nothing => default;

    public bool IsNothing => string.IsNullOrWhiteSpace(Text);

    public static Operand Of(decimal value) => new(ValueReading.Plain(value), value);

    public decimal? TryNumber() => Known ?? (IsNothing ? null : ValueReading.Number(Text!)?.Value);

    public decimal Number() => TryNumber() ?? throw new ExpressionException("The expression needs a number where there is none.");
}

/// <summary>One part of an expression.</summary>
internal abstract record Node
{
    public abstract Operand Evaluate(Func<string, string?> value);
}

internal sealed record Literal(Operand Value) : Node
{
    public override Operand Evaluate(Func<string, string?> value) => Value;
}

internal sealed record FieldValue(string Key) : Node
{
    public override Operand Evaluate(Func<string, string?> value) => new(value(Key));
}

internal sealed record Minus(Node Inner) : Node
{
    public override Operand Evaluate(Func<string, string?> value) =>
        Inner.Evaluate(value) is { IsNothing: false } inner ? Operand.Of(-inner.Number()) : Operand.Nothing;
}

/// <summary><c>+ - * /</c>; nothing where one side is nothing.</summary>
internal sealed record Arithmetic(char Sign, Node Left, Node Right) : Node
{
    public override Operand Evaluate(Func<string, string?> value)
    {
        var (left, right) = (Left.Evaluate(value), Right.Evaluate(value));
        if (left.IsNothing || right.IsNothing) return Operand.Nothing;
        var (a, b) = (left.Number(), right.Number());
        return Operand.Of(Sign switch { '+' => a + b, '-' => a - b, '*' => a * b, _ => a / b });
    }
}

/// <summary><c>&amp;</c>: both texts one after the other; nothing counts as an empty text.</summary>
internal sealed record Joined(Node Left, Node Right) : Node
{
    public override Operand Evaluate(Func<string, string?> value)
    {
        var (left, right) = (Left.Evaluate(value).Text ?? "", Right.Evaluate(value).Text ?? "");
        return left.Length + right.Length <= Expression.MaxResult ? new Operand(left + right) : throw new ExpressionException("The expression's result is too large.");
    }
}

/// <summary><c>round(x, n)</c>, halves away from zero as on a bill.</summary>
internal sealed record Rounded(Node Inner, int Digits) : Node
{
    public override Operand Evaluate(Func<string, string?> value) => Inner.Evaluate(value) is { IsNothing: false } inner
        ? Operand.Of(Math.Round(inner.Number(), Digits, MidpointRounding.AwayFromZero)) : Operand.Nothing;
}

/// <summary><c>or(x, y)</c>: y where x is nothing.</summary>
internal sealed record Default(Node First, Node Second) : Node
{
    public override Operand Evaluate(Func<string, string?> value) => First.Evaluate(value) is { IsNothing: false } first ? first : Second.Evaluate(value);
}

/// <summary><c>if(a = b, x, y)</c>: two numbers are compared as numbers, anything else as texts; nothing equals the empty text.</summary>
internal sealed record Condition(string Sign, Node Left, Node Right, Node Then, Node Else) : Node
{
    public override Operand Evaluate(Func<string, string?> value) => (Holds(value) ? Then : Else).Evaluate(value);

    private bool Holds(Func<string, string?> value)
    {
        var (left, right) = (Left.Evaluate(value), Right.Evaluate(value));
        var order = left.TryNumber() is { } a && right.TryNumber() is { } b ? a.CompareTo(b) : string.CompareOrdinal(left.Text ?? "", right.Text ?? "");
        return Sign switch { "=" => order == 0, "<>" => order != 0, "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };
    }
}
