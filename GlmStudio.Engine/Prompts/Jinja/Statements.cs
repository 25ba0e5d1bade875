namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>A piece of a template that writes or sets something.</summary>
internal interface IStatement
{
    void Run(Context context);
}

internal sealed class TextStatement(string text) : IStatement
{
    public void Run(Context context) => context.Write(text);
}

internal sealed class OutputStatement(Expression value) : IStatement
{
    public void Run(Context context) => context.Write(Values.Text(value(context)));
}

internal sealed class IfStatement(IReadOnlyList<(Expression? Condition, IReadOnlyList<IStatement> Body)> branches) : IStatement
{
    public void Run(Context context)
    {
        context.Step();
        foreach (var (condition, body) in branches)
        {
            if (condition is not null && !Values.IsTrue(condition(context))) continue;
            foreach (var statement in body) statement.Run(context);
            return;
        }
    }
}

/// <summary>Sets variables, an attribute of a namespace, or a variable to what a block writes.</summary>
internal sealed class SetStatement(IReadOnlyList<string> names, string? attribute, Expression value) : IStatement
{
    public void Run(Context context)
    {
        var result = value(context);
        if (attribute is not null)
        {
            var space = context.Get(names[0]) as Namespace ?? throw Fault.In($"\"{names[0]}\" is not a namespace");
            space.Values[attribute] = result;
        }
        else if (names.Count == 1) context.Set(names[0], result);
        else foreach (var (name, item) in names.Zip(Values.Items(result))) context.Set(name, item);
    }
}

internal sealed class MacroStatement(string name, IReadOnlyList<(string Name, Expression? Default)> parameters, IReadOnlyList<IStatement> body) : IStatement
{
    public void Run(Context context) => context.Set(name, (Callable)Invoke);

    private string Invoke(Context context, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named) => context.Capture(() => context.Scoped(() =>
    {
        for (var i = 0; i < parameters.Count; i++)
            context.Set(parameters[i].Name, i < arguments.Count ? arguments[i]
                : named.TryGetValue(parameters[i].Name, out var value) ? value
                : parameters[i].Default is { } fallback ? fallback(context) : Undefined.Value);
        foreach (var statement in body) statement.Run(context);
    }));
}

internal sealed class ForStatement(IReadOnlyList<string> names, Expression items, Expression? filter, IReadOnlyList<IStatement> body, IReadOnlyList<IStatement> otherwise) : IStatement
{
    public void Run(Context context)
    {
        var all = Values.Items(items(context));
        var list = filter is null ? all : [.. all.Where(item => Keeps(context, item))];
        for (var i = 0; i < list.Count; i++)
        {
            var at = i;
            context.Step();
            context.Scoped(() => Once(context, list, at));
        }
        if (list.Count == 0) foreach (var statement in otherwise) statement.Run(context);
    }

    private bool Keeps(Context context, object? item)
    {
        var keeps = false;
        context.Scoped(() =>
        {
            Bind(context, item);
            keeps = Values.IsTrue(filter!(context));
        });
        return keeps;
    }

    private void Once(Context context, IReadOnlyList<object?> list, int at)
    {
        Bind(context, list[at]);
        context.Set("loop", new Dictionary<string, object?>
        {
            ["index0"] = (long)at, ["index"] = at + 1L, ["first"] = at == 0, ["last"] = at == list.Count - 1, ["length"] = (long)list.Count,
            ["revindex"] = (long)list.Count - at, ["revindex0"] = list.Count - at - 1L,
            ["previtem"] = at > 0 ? list[at - 1] : Undefined.Value, ["nextitem"] = at + 1 < list.Count ? list[at + 1] : Undefined.Value,
        });
        foreach (var statement in body) statement.Run(context);
    }

    private void Bind(Context context, object? item)
    {
        if (names.Count == 1) context.Set(names[0], item);
        else foreach (var (name, part) in names.Zip(Values.Items(item))) context.Set(name, part);
    }
}
