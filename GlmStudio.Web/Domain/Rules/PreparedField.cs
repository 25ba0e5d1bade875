using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Domain.Rules.Expressions;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>One field with its steps made ready.</summary>
internal sealed class PreparedField
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(FieldStep Step, Func<string, StepOutcome> Run)> _steps;
    private readonly List<(FieldStep Step, Func<string, Func<string, string?>, string?> Run)> _checks;
    private readonly Expression? _expression;

    public PreparedField(Field field)
    {
        Field = field;
        _expression = field.Computation is { } computed ? Expression.Parse(computed.Expression) : null;
        _steps = [.. field.Steps.Where(s => s is not (FieldCheck or ComputeStep)).Select(s => (s, ValueSteps.Prepare(s)))];
        _checks = [.. field.Steps.OfType<FieldCheck>().Select(c => ((FieldStep)c, ValueChecks.Prepare(c)))];
    }

    public Field Field { get; }

    /// <summary>The value after the steps that change it; the first one that fails ends them.</summary>
    public StepOutcome Make(string? read, Func<string, string?> others)
    {
        if (_expression is not null)
        {
            try
            {
                read = _expression.Evaluate(others);
            }
            catch (ExpressionException fault)
            {
                return new(null, Field.Computation!.Message ?? fault.Message);
            }
        }
        if (_steps.Count == 0 || string.IsNullOrWhiteSpace(read)) return new(_expression is not null && string.IsNullOrWhiteSpace(read) ? null : read);
        return Entries(read) is { } entries ? MakeAll(entries) : MakeOne(read);
    }

    /// <summary>Why the value fails a check; null where it passes all.</summary>
    public string? Check(string? value, Func<string, string?> others)
    {
        if (string.IsNullOrWhiteSpace(value)) return Field.Required ? "A required value is missing." : null;
        foreach (var (step, run) in _checks)
            if ((Entries(value) ?? [value]).Select(entry => run(entry, others)).FirstOrDefault(p => p is not null) is { } problem) return step.Message ?? problem;
        return null;
    }

    private StepOutcome MakeOne(string value)
    {
        foreach (var (step, run) in _steps)
        {
            var (made, problem) = run(value);
            if (problem is not null) return new(value, step.Message ?? problem);
            if (string.IsNullOrWhiteSpace(made)) return new(null);
            value = made;
        }
        return new(value);
    }

    private StepOutcome MakeAll(List<string> entries)
    {
        var made = entries.ConvertAll(MakeOne);
        List<string> values = [.. made.Select(m => m.Value).OfType<string>()];
        return new(values.Count == 0 ? null : JsonSerializer.Serialize(values, Compact), made.Find(m => m.Problem is not null).Problem);
    }

    /// <summary>The texts of a list, without empty places; null where the value is one text. Steps see a list's entries one by one.</summary>
    private List<string>? Entries(string value)
    {
        if (Field.Type != FieldType.List || !value.StartsWith('[')) return null;
        try
        {
            return JsonSerializer.Deserialize<List<string?>>(value)?.OfType<string>().ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
