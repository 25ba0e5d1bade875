using System.Text.RegularExpressions;
using GlmStudio.Web.Domain.Rules.Expressions;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>The steps that look at a value, each prepared once. The answer is why the value fails, or null.</summary>
internal static class ValueChecks
{
    /// <param name="check">The check.</param>
    /// <returns>From the value, and the values of the other fields, to why it fails.</returns>
    public static Func<string, Func<string, string?>, string?> Prepare(FieldCheck check) => check switch
    {
        MatchCheck match => Match(match),
        NumberCheck range => (value, _) => Number(range, value),
        DateCheck range => (value, _) => Date(range, value),
        LengthCheck length => (value, _) => value.EnumerateRunes().Count() is var count && (count < length.Min || count > length.Max)
            ? "The value is too short or too long." : null,
        OneOfCheck list => OneOf(list),
        EqualCheck equal => Equal(equal),
        _ => throw new ArgumentException($"{check.GetType().Name} is not known.", nameof(check)),
    };

    private static Func<string, Func<string, string?>, string?> Match(MatchCheck check)
    {
        var regex = RulePattern.Compile(check.Pattern, whole: true).Regex!;
        return (value, _) =>
        {
            try
            {
                return regex.IsMatch(value) ? null : "The value does not have the expected form.";
            }
            catch (RegexMatchTimeoutException)
            {
                return "The pattern takes too long on this value.";
            }
        };
    }

    private static string? Number(NumberCheck range, string value) => ValueReading.Number(value) is not { } number ? "This is not a number."
        : number.Value < range.Min || number.Value > range.Max ? "The number is outside its range." : null;

    private static string? Date(DateCheck range, string value) => ValueReading.Date(value) is not { } date ? "This is not a date."
        : date < range.From || date > range.To ? "The date is outside its range." : null;

    private static Func<string, Func<string, string?>, string?> OneOf(OneOfCheck check)
    {
        var expected = check.Values.Select(v => check.Fold ? ValueSteps.Folded(v) : v).ToHashSet(StringComparer.Ordinal);
        return (value, _) => expected.Contains(check.Fold ? ValueSteps.Folded(value) : value) ? null : "The value is not one of those expected.";
    }

    /// <summary>Where the expression has no result, because a value it needs is missing, there is nothing to compare.</summary>
    private static Func<string, Func<string, string?>, string?> Equal(EqualCheck check)
    {
        var expression = Expression.Parse(check.Expression);
        return (value, others) =>
        {
            try
            {
                if (expression.Evaluate(others) is not { } expected) return null;
                var same = ValueReading.Number(value) is { } a && ValueReading.Number(expected) is { } b
                    ? Math.Abs(a.Value - b.Value) <= check.Within : string.Equals(value, expected, StringComparison.Ordinal);
                return same ? null : "The value does not agree with the other fields.";
            }
            catch (ExpressionException fault)
            {
                return fault.Message;
            }
            catch (OverflowException)
            {
                return "The expression's result is too large.";
            }
        };
    }
}
