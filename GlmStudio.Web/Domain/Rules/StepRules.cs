using GlmStudio.Web.Domain.Rules.Expressions;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>What steps may hold, checked when a template is saved; what passes here runs without faults.</summary>
public static class StepRules
{
    public const int MaxSteps = 20;
    public const int MaxMessage = 200;
    public const int MaxEntries = 5_000;
    public const int MaxEntry = 500;

    /// <summary>Everything that is wrong with the fields' steps, in reading order.</summary>
    public static IReadOnlyList<RuleProblem> Check(IReadOnlyList<Field> fields)
    {
        var problems = new List<RuleProblem>();
        foreach (var (i, field) in fields.Index())
        {
            if (field.Steps.Count > MaxSteps) problems.Add(new($"fields[{i}].steps", "{0} steps are too many; the limit is {1}.", field.Steps.Count, MaxSteps));
            else foreach (var (n, step) in field.Steps.Index()) CheckStep(step, n, $"fields[{i}].steps[{n}]", fields, problems);
            if (field.IsComputed && FieldOrder.FindCycle(field, fields) is { Count: > 0 } cycle)
                problems.Add(new($"fields[{i}].steps[0].expression", "The field is computed from itself: {0}.", string.Join(" → ", cycle)));
        }
        if (fields.Count > 0 && fields.All(f => f.IsComputed)) problems.Add(new("fields", "All fields are computed; at least one must be read from the picture."));
        return problems;
    }

    private static void CheckStep(FieldStep step, int index, string place, IReadOnlyList<Field> fields, List<RuleProblem> problems)
    {
        if (step.Message?.Length > MaxMessage) problems.Add(new($"{place}.message", "The text has {0} characters; the limit is {1}.", step.Message.Length, MaxMessage));
        switch (step)
        {
            case PatternStep pattern: CheckPattern(pattern, place, problems); break;
            case LookupStep lookup: CheckTable(lookup, place, problems); break;
            case ComputeStep when index > 0: problems.Add(new(place, "Computing comes first: a computed value has no steps before it. Move it to the top.")); break;
            case ComputeStep compute: CheckExpression(compute.Expression, place, fields, problems); break;
            case MatchCheck match when RulePattern.Compile(match.Pattern, whole: true).Problem is { } problem: problems.Add(new($"{place}.pattern", problem)); break;
            case NumberCheck { Min: null, Max: null } or DateCheck { From: null, To: null } or LengthCheck { Min: null, Max: null }:
                problems.Add(new(place, "Give a lower bound, an upper bound, or both."));
                break;
            case NumberCheck n when n.Min > n.Max: problems.Add(new(place, "The lower bound is above the upper one.")); break;
            case DateCheck d when d.From > d.To: problems.Add(new(place, "The lower bound is above the upper one.")); break;
            case LengthCheck l when l.Min > l.Max || l.Min < 0 || l.Max < 0: problems.Add(new(place, "The lower bound is above the upper one.")); break;
            case OneOfCheck list: CheckValues(list, place, problems); break;
            case EqualCheck equal:
                if (equal.Within < 0) problems.Add(new($"{place}.within", "The permitted difference is 0 or more."));
                CheckExpression(equal.Expression, place, fields, problems);
                break;
        }
    }

    private static void CheckPattern(PatternStep step, string place, List<RuleProblem> problems)
    {
        var (regex, problem) = RulePattern.Compile(step.Pattern);
        if (problem is not null) problems.Add(new($"{place}.pattern", problem));
        if (step.Replacement?.Length > RulePattern.MaxLength)
            problems.Add(new($"{place}.replacement", "The text has {0} characters; the limit is {1}.", step.Replacement.Length, RulePattern.MaxLength));
        else if (regex is not null && step.Replacement is not null && RulePattern.UnknownGroup(regex, step.Replacement) is { } group)
            problems.Add(new($"{place}.replacement", "The pattern has no group named {0}.", group));
    }

    private static void CheckTable(LookupStep step, string place, List<RuleProblem> problems)
    {
        if (step.Entries.Count is 0 or > MaxEntries)
        {
            problems.Add(new($"{place}.entries", "A lookup table has 1 to {0} lines; this one has {1}.", MaxEntries, step.Entries.Count));
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, entry) in step.Entries.Index())
        {
            if (problems.Count >= 20) return;
            if (string.IsNullOrWhiteSpace(entry.From)) problems.Add(new($"{place}.entries[{i}]", "The line has nothing to look up."));
            else if (entry.From.Length > MaxEntry || entry.To.Length > MaxEntry) problems.Add(new($"{place}.entries[{i}]", "A value of the table has more than {0} characters.", MaxEntry));
            else if (!seen.Add(step.Fold ? ValueSteps.Folded(entry.From) : entry.From)) problems.Add(new($"{place}.entries[{i}]", "The value \"{0}\" is there twice.", Shorten(entry.From)));
        }
    }

    private static void CheckValues(OneOfCheck step, string place, List<RuleProblem> problems)
    {
        if (step.Values.Count is 0 or > MaxEntries) problems.Add(new($"{place}.values", "Give 1 to {0} values, one a line.", MaxEntries));
        else if (step.Values.Any(v => v.Length is 0 or > MaxEntry)) problems.Add(new($"{place}.values", "A value has 1 to {0} characters.", MaxEntry));
    }

    private static void CheckExpression(string text, string place, IReadOnlyList<Field> fields, List<RuleProblem> problems)
    {
        try
        {
            var expression = Expression.Parse(text);
            foreach (var key in expression.Fields.Where(k => fields.All(f => !string.Equals(f.Key, k, StringComparison.Ordinal))))
                problems.Add(new($"{place}.expression", "There is no field with the key \"{0}\".", Shorten(key)));
        }
        catch (ExpressionException fault)
        {
            problems.Add(new($"{place}.expression", fault.Message) { Position = fault.Position + 1 });
        }
    }

    /// <summary>The given fields and all that they are computed from or compared with.</summary>
    public static IReadOnlySet<string> Needed(IReadOnlyList<Field> fields, IEnumerable<string> keys)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(keys);
        while (open.TryDequeue(out var key))
        {
            if (!needed.Add(key) || fields.FirstOrDefault(f => string.Equals(f.Key, key, StringComparison.Ordinal)) is not { } field) continue;
            foreach (var text in field.Steps.Select(s => s switch { ComputeStep c => c.Expression, EqualCheck e => e.Expression, _ => null }).OfType<string>())
                foreach (var used in TryParse(text)?.Fields ?? []) open.Enqueue(used);
        }
        return needed;
    }

    internal static Expression? TryParse(string text)
    {
        try
        {
            return Expression.Parse(text);
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>One thing that is wrong with a step.</summary>
/// <param name="Place">Where, as in the template's file: <c>fields[2].steps[0].pattern</c>.</param>
/// <param name="Text">English sentence with <c>{0}</c> places; the key of its translation.</param>
/// <param name="Arguments">What stands in the places.</param>
public sealed record RuleProblem(string Place, string Text, params object[] Arguments)
{
    /// <summary>The character of an expression, from 1, at which it cannot be read; null elsewhere.</summary>
    public int? Position { get; init; }
}
