namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>A piece of a template that has a value.</summary>
internal delegate object? Expression(Context context);

/// <summary>Builds expressions out of smaller ones.</summary>
internal static class Expressions
{
    public static Expression Constant(object? value) => _ => value;

    public static Expression Name(string name) => context => context.Get(name);

    public static Expression Or(Expression left, Expression right) => context => left(context) is var value && Values.IsTrue(value) ? value : right(context);

    public static Expression And(Expression left, Expression right) => context => left(context) is var value && !Values.IsTrue(value) ? value : right(context);

    public static Expression Not(Expression inner) => context => !Values.IsTrue(inner(context));

    public static Expression Choose(Expression condition, Expression yes, Expression? no) =>
        context => Values.IsTrue(condition(context)) ? yes(context) : no is null ? Undefined.Value : no(context);

    public static Expression Binary(string op, Expression left, Expression right) => op switch
    {
        "==" => context => Values.Equals(left(context), right(context)),
        "!=" => context => !Values.Equals(left(context), right(context)),
        "<" => context => Values.Compare(left(context), right(context)) < 0,
        ">" => context => Values.Compare(left(context), right(context)) > 0,
        "<=" => context => Values.Compare(left(context), right(context)) <= 0,
        ">=" => context => Values.Compare(left(context), right(context)) >= 0,
        "in" => context => Values.Contains(right(context), left(context)),
        "not in" => context => !Values.Contains(right(context), left(context)),
        "~" => context => Values.Text(left(context)) + Values.Text(right(context)),
        "+" => context => Add(left(context), right(context)),
        _ => context => Arithmetic(op, left(context), right(context)),
    };

    public static Expression List(IReadOnlyList<Expression> items) => context => items.Select(i => i(context)).ToList();

    public static Expression Mapping(IReadOnlyList<(Expression Key, Expression Value)> entries) =>
        context => entries.ToDictionary(e => Values.Text(e.Key(context)), e => e.Value(context));

    public static Expression Call(Expression function, Arguments arguments, int line) => context =>
    {
        context.Step();
        var (positional, named) = arguments.Evaluate(context);
        return function(context) is Callable callable ? callable(context, positional, named) : throw Fault.At(line, "something that is not a function is called");
    };

    private static object Add(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a + b,
        (List<object?> a, List<object?> b) => (List<object?>)[.. a, .. b],
        _ => Arithmetic("+", left, right),
    };

    private static object Arithmetic(string op, object? left, object? right)
    {
        if (left is not double && right is not double && op is not "/") return Whole(op, Values.Integer(left), Values.Integer(right));
        var (a, b) = (Values.Number(left), Values.Number(right));
        return op switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, "//" => Math.Floor(a / b), "**" => Math.Pow(a, b), _ => a - b * Math.Floor(a / b) };
    }

    private static long Whole(string op, long a, long b)
    {
        if (b == 0 && op is ("//" or "%")) throw Fault.In("it divides by zero");
        return op switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "//" => (long)Math.Floor((double)a / b),
            "**" => (long)Math.Pow(a, b),
            _ => a - b * (long)Math.Floor((double)a / b),
        };
    }
}

/// <summary>Arguments of a call, a filter or a test.</summary>
internal sealed record Arguments(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static Arguments None { get; } = new([], []);

    public (IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named) Evaluate(Context context) =>
        ([.. Positional.Select(a => a(context))], Named.ToDictionary(a => a.Name, a => a.Value(context)));
}
