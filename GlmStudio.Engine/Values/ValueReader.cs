using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>A value read from a place.</summary>
/// <param name="Text">As printed, without label and separators.</param>
/// <param name="Spans">Where it stands.</param>
/// <param name="Fit">How well it suits the field's type, 0 … 1.</param>
internal sealed record Reading(string Text, IReadOnlyList<Span> Spans, double Fit);

/// <summary>Reads values of a type from a stretch of text.</summary>
internal static partial class ValueReader
{
    /// <summary>The values of the field's type in a region, best first; for amounts in a row the rightmost first where asked for.</summary>
    public static IEnumerable<Reading> Read(FieldPlan plan, Region region, bool last)
    {
        var found = plan.ReadAs switch
        {
            FieldType.Date => region.Spans.SelectMany(s => Dates(s, plan.WithTime)),
            FieldType.Money => region.Spans.SelectMany(Amounts),
            FieldType.Number => region.Spans.SelectMany(Numbers),
            FieldType.Id => region.Spans.SelectMany(Codes),
            FieldType.Phone => region.Spans.SelectMany(Phones),
            FieldType.Choice => Choice(plan.Field.Choices, region.Spans),
            FieldType.YesNo => region.Spans.SelectMany(YesNo),
            _ => Text(region),
        };
        var list = found.ToList();
        if (last)
            list.Reverse();
        return list.OrderByDescending(r => r.Fit);
    }

    public static IEnumerable<Reading> Dates(Span span, bool withTime = false)
    {
        foreach (var date in span.Length == span.Cell.Text.Length ? span.Cell.Dates : DateReading.Find(span.Text))
        {
            var length = date.Length + (withTime ? TimeAhead().Match(span.Text[(date.Start + date.Length)..]).Length : 0);
            var part = span.Part(date.Start, length).Trim();
            yield return new Reading(part.Raw, [part], date.Shape switch { DateShape.Full => 1, DateShape.ShortYear => 0.97, DateShape.Compact => 0.75, _ => 0.6 });
        }
    }

    /// <summary>Amounts as printed, without currency: a price has two decimals or a currency, everything else is less likely one.</summary>
    public static IEnumerable<Reading> Amounts(Span span)
    {
        foreach (var number in NumberReading.Find(span.Text))
        {
            var part = Digits(span.Part(number.Start, number.Length));
            var fit = number.InCode || number.Unit.StartsWith('%') ? 0.1
                : number.Decimals == 2 || number.Currency is not null ? 1
                : number.Decimals == 1 ? 0.8
                : number.Decimals > 2 ? 0.4
                : number.Unit.Length > 0 ? 0.3
                : part.Length > 6 ? 0.15 : 0.7;
            yield return new Reading(part.Raw, [part], fit);
        }
    }

    /// <summary>Without currency and brackets, with the sign.</summary>
    private static Span Digits(Span span)
    {
        var text = span.Text;
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var minus = text.IndexOf('-', StringComparison.Ordinal);
        return minus == start - 1 && minus >= 0 ? span.Part(minus, end - minus) : span.Part(start, end - start);
    }

    private static IEnumerable<Reading> Numbers(Span span)
    {
        foreach (var number in NumberReading.Find(span.Text))
        {
            var part = Digits(span.Part(number.Start, number.Length));
            var isDate = DateReading.Find(span.Text).Any(d => d.Start <= number.Start && number.Start < d.Start + d.Length);
            yield return new Reading(part.Raw, [part], isDate ? 0.2 : number.InCode ? 0.4 : 1);
        }
    }

    /// <summary>A code: the first word, with the following ones as long as they hold digits and are no date or time.</summary>
    private static IEnumerable<Reading> Codes(Span span)
    {
        var words = Word().Matches(span.Text).ToList();
        if (words.Count == 0)
            yield break;
        var (start, end) = (words[0].Index, words[0].Index + words[0].Length);
        for (var i = 1; i < words.Count && i < 8 && GoesOn(words, i); i++)
            end = words[i].Index + words[i].Length;
        var part = span.Part(start, end - start).Trim();
        if (part.Length == 0)
            yield break;
        var text = part.Text;
        var isCode = text.Any(char.IsAsciiDigit);
        var isWord = !isCode && (text.Length < 2 || words.Count > 2 || text.Any(char.IsLower) || text.Any(TextSteps.IsIdeograph));
        yield return new Reading(part.Raw, [part], IsMoment(text) ? 0.15 : isCode ? 1 : isWord ? 0.3 : 0.65);
    }

    /// <summary>Digits go on with a code; so do capitals between digits (NL91 ABNA 0417).</summary>
    private static bool GoesOn(List<Match> words, int i) => words[i].Value.Any(char.IsAsciiDigit) ? !IsMoment(words[i].Value)
        : words[i].Length <= 4 && words[i].Value.All(char.IsAsciiLetterUpper) && i + 1 < words.Count && words[i + 1].Value.All(char.IsAsciiDigit);

    private static bool IsMoment(string word) => TimeOfDay().IsMatch(word) || DateReading.Find(word) is [{ Shape: DateShape.Full or DateShape.ShortYear }];

    public static IEnumerable<Reading> Phones(Span span)
    {
        foreach (Match match in Phone().Matches(span.Text))
        {
            var digits = match.Value.Count(c => char.IsAsciiDigit(c) || c == '*');
            if (digits is < 7 or > 16 || DateReading.Find(match.Value).Count > 0)
                continue;
            var part = span.Part(match.Index, match.Length);
            yield return new Reading(part.Raw.Trim(), [part], 1);
        }
    }

    /// <summary>The permitted value that stands there; the ticked one where boxes are printed.</summary>
    private static IEnumerable<Reading> Choice(IReadOnlyList<string> choices, IReadOnlyList<Span> spans)
    {
        foreach (var span in spans)
        {
            var text = TextSteps.Case(span.Text);
            foreach (var choice in choices.Where(c => !string.IsNullOrWhiteSpace(c)).OrderByDescending(c => c.Length))
            {
                var at = text.IndexOf(TextSteps.Case(TextSteps.Fold(choice)), StringComparison.Ordinal);
                if (at < 0 || IsInsideWord(text, at, choice.Length))
                    continue;
                var ticked = at > 0 && Ticks.Contains(text[..at].TrimEnd()[^1..], StringComparison.Ordinal);
                var others = choices.Count(c => text.Contains(TextSteps.Case(c), StringComparison.Ordinal));
                yield return new Reading(choice, [span.Part(at, choice.Length)], ticked ? 1 : others > 1 ? 0.3 : at == 0 ? 1 : 0.7);
            }
        }
    }

    private const string Ticks = "☑√✓✔☒■●▣◉⊙";

    private static bool IsInsideWord(string text, int at, int length) =>
        (at > 0 && char.IsAsciiLetter(text[at - 1]) && char.IsAsciiLetter(text[at]))
        || (at + length < text.Length && char.IsAsciiLetter(text[at + length]) && char.IsAsciiLetter(text[at + length - 1]));

    private static IEnumerable<Reading> YesNo(Span span)
    {
        var ticked = Ticked().Match(span.Text);
        var words = ticked.Success ? ticked.Groups[1].Value : span.Text.Split(' ', 2)[0];
        if (Normaliser.Normalise(FieldType.YesNo, words) is "yes" or "no")
            yield return new Reading(words, [span], 1);
    }

    /// <summary>The text up to the next wide gap.</summary>
    private static IEnumerable<Reading> Text(Region region)
    {
        List<Span> spans = [];
        foreach (var span in region.Spans.Where(s => s.Length > 0))
        {
            if (spans.Count > 0 && span.Cell.Area.X - spans[^1].Cell.Area.Right > 1.5 * span.Cell.Area.Height)
                break;
            spans.Add(span);
        }
        if (spans.Count > 0)
            yield return new Reading(string.Join(' ', spans.Select(s => s.Raw)), spans, spans[0].Raw.Any(char.IsLetterOrDigit) ? 1 : 0.2);
    }

    [GeneratedRegex(@"^[T ]{0,3}\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?")]
    private static partial Regex TimeAhead();

    [GeneratedRegex(@"^\d{1,2}:\d{2}")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\w*])(?:\+ ?|\()?\d[\d*]*(?:[ \-.()/]{1,2}[\d*]+){0,5}(?![\d*])")]
    private static partial Regex Phone();

    [GeneratedRegex(@"[☑√✓✔☒■●▣◉⊙] ?(\p{L}+)")]
    private static partial Regex Ticked();
}
