using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>The steps that change a value, each prepared once and run on many values. A value on which a step fails stays as it was.</summary>
internal static class ValueSteps
{
    private const int MaxResult = 32_000;

    public static Func<string, StepOutcome> Prepare(FieldStep step) => step switch
    {
        TidyStep tidy => value => new(Tidy(tidy.Way, value)),
        DateStep date => value => ToIso(date.Order, value),
        NumberStep number => value => ToNumber(number.Unit, value),
        PatternStep pattern => Extraction(pattern),
        LookupStep lookup => Replacement(lookup),
        _ => throw new ArgumentException($"{step.GetType().Name} does not change values.", nameof(step)),
    };

    /// <summary>The form in which texts are compared where width, case and blanks do not count.</summary>
    public static string Folded(string text) => Normaliser.Normalise(FieldType.Id, text);

    private static string Tidy(Tidying way, string value) => way switch
    {
        Tidying.Trim => value.Trim(),
        Tidying.CollapseBlanks => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        Tidying.HalfWidth => string.Concat(value.Select(HalfWidth)),
        Tidying.Digits => string.Concat(value.Where(char.IsDigit).Select(c => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)))),
        Tidying.UpperCase => value.ToUpperInvariant(),
        _ => value.ToLowerInvariant(),
    };

    // The full-width forms of ASCII, and the ideographic space; Chinese punctuation is not a width.
    private static char HalfWidth(char c) => c switch { >= '！' and <= '～' => (char)(c - 0xFEE0), '\u3000' => ' ', _ => c };

    private static StepOutcome ToIso(DateOrder order, string value)
    {
        var dates = ValueReading.Dates(value);
        if (dates.Count != 1) return new(value, dates.Count == 0 ? "This is not a date." : "There is more than one date.");
        var date = dates[0];
        if (order == DateOrder.DayFirst || !ValueReading.IsAmbiguous(value, date)) return new(date.Iso);
        return order == DateOrder.Refuse ? new(value, "It is not clear which number is the day and which the month.")
            : new((date with { Month = date.Day!.Value, Day = date.Month }).Iso);
    }

    private static StepOutcome ToNumber(UnitUse use, string value)
    {
        if (ValueReading.Number(value) is not var (number, unit)) return new(value, "This is not a number.");
        // The printed decimals stay: 80.90, not 80.9.
        var plain = number.ToString(CultureInfo.InvariantCulture);
        return new(use == UnitUse.Keep && unit.Length > 0 ? $"{plain} {unit}" : plain);
    }

    private static Func<string, StepOutcome> Extraction(PatternStep step)
    {
        var regex = RulePattern.Compile(step.Pattern).Regex!;
        return value =>
        {
            try
            {
                var match = regex.Match(value);
                if (!match.Success) return Missed(step.Otherwise, value, "The pattern does not match.");
                var taken = RulePattern.Take(regex, match, step.Replacement);
                return taken.Length <= MaxResult ? new(taken) : new(value, "The result is longer than 32,000 characters.");
            }
            catch (RegexMatchTimeoutException)
            {
                return new(value, "The pattern takes too long on this value.");
            }
        };
    }

    private static Func<string, StepOutcome> Replacement(LookupStep step)
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in step.Entries) table.TryAdd(step.Fold ? Folded(from) : from, to);
        return value => table.TryGetValue(step.Fold ? Folded(value) : value, out var to)
            ? new(to) : Missed(step.Otherwise, value, "The value is not in the lookup table.");
    }

    private static StepOutcome Missed(Miss otherwise, string value, string problem) => otherwise switch
    {
        Miss.Keep => new(value), Miss.Empty => new(null), _ => new(value, problem),
    };
}
