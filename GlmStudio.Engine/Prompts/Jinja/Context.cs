using System.Text;

namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>Variables and output of one rendering, with its bounds.</summary>
internal sealed class Context
{
    private const int MaxSteps = 2_000_000;
    private const int MaxOutput = 20_000_000;
    private const int MaxDepth = 64;

    private readonly List<Dictionary<string, object?>> _scopes;
    private int _steps;

    public Context(IReadOnlyDictionary<string, object?> variables) => _scopes = [new(Globals.All), new(variables)];

    /// <summary>Where statements write; a macro or a set block swaps it for its own.</summary>
    public StringBuilder Output { get; private set; } = new();

    /// <summary>A variable, or <see cref="Undefined"/>.</summary>
    public object? Get(string name)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
            if (_scopes[i].TryGetValue(name, out var value)) return value;
        return Undefined.Value;
    }

    /// <summary>Sets in the innermost scope: what a loop sets is gone after it, as in Jinja.</summary>
    public void Set(string name, object? value) => _scopes[^1][name] = value;

    public void Write(string text)
    {
        if (Output.Length + text.Length > MaxOutput) throw Fault.In($"it writes more than {MaxOutput:N0} characters");
        Output.Append(text);
    }

    /// <summary>Counts work; a template that does not end is stopped.</summary>
    public void Step()
    {
        if (++_steps > MaxSteps) throw Fault.In("it does not end");
    }

    /// <summary>Runs statements in a scope of their own.</summary>
    public void Scoped(Action run)
    {
        if (_scopes.Count > MaxDepth) throw Fault.In("its loops and macros are nested too deeply");
        _scopes.Add([]);
        try
        {
            run();
        }
        finally
        {
            _scopes.RemoveAt(_scopes.Count - 1);
        }
    }

    /// <summary>What statements write, instead of writing it.</summary>
    public string Capture(Action run)
    {
        var outer = Output;
        Output = new StringBuilder();
        try
        {
            run();
            return Output.ToString();
        }
        finally
        {
            Output = outer;
        }
    }
}

/// <summary>The value of what is not there: empty as text, false as a condition.</summary>
internal sealed class Undefined
{
    public static readonly Undefined Value = new();
}
