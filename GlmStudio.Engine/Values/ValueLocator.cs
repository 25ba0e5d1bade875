using System.Text;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine.Values;

/// <summary>Where a value stands on a page.</summary>
/// <param name="Box">The box around it; around all its lines where it takes several.</param>
/// <param name="Score">How much of the value is printed there, 0 … 1.</param>
public sealed record LocatedValue(PageBox Box, double Score);

/// <summary>Finds the place of a given value: the evidence for answers of engines that only produce text.</summary>
public static class ValueLocator
{
    private const double Least = 0.7;
    private const int LongestValue = 300;
    private const int LongestPage = 100_000;

    /// <summary>Where a text stands, also over several lines, forgiving spaces, punctuation, width, case and some misread characters;
    /// dates and amounts are found in whatever way the page writes them.</summary>
    /// <returns>The best place, or null where the page does not show the value.</returns>
    public static LocatedValue? Locate(Transcript transcript, string value)
    {
        var wanted = CompactLong(value.Length > LongestValue ? value[..LongestValue] : value);
        if (wanted.Length == 0)
            return null;
        var cells = new PageText(transcript).Cells;
        return Exact(cells, wanted) ?? Same(cells, value) ?? (value.Any(char.IsLetter) ? Roughly(cells, wanted) : null); // a number is right or wrong
    }

    private static string CompactLong(string text) => string.Concat(text.Chunk(200).Select(part => Compact.Of(new string(part))));

    /// <summary>The page's compact text with where each character comes from.</summary>
    private static (string Text, List<(Cell Cell, int At, bool Starts)> Map) Join(IReadOnlyList<Cell> cells)
    {
        var text = new StringBuilder();
        List<(Cell, int, bool)> map = [];
        foreach (var cell in cells)
        {
            if (text.Length > LongestPage)
                break;
            var compact = Compact.From(cell.Text);
            text.Append(compact.Text);
            for (var i = 0; i < compact.Text.Length; i++)
                map.Add((cell, compact.Map[i], compact.Starts[i]));
        }
        return (text.ToString(), map);
    }

    /// <summary>The value as a run of whole words; short ones count nowhere else.</summary>
    private static LocatedValue? Exact(IReadOnlyList<Cell> cells, string wanted)
    {
        var (text, map) = Join(cells);
        LocatedValue? partial = null;
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            var end = at + wanted.Length;
            if (IsInsideNumber(map[at].Cell.Text, map[at].At) || IsInsideNumber(map[end - 1].Cell.Text, map[end - 1].At + 1))
                continue;
            if (map[at].Starts && (end == map.Count || map[end].Starts))
                return new LocatedValue(Around(map, at, end), 1);
            if (wanted.Length > 5)
                partial ??= new LocatedValue(Around(map, at, end), 0.85);
        }
        return partial;
    }

    /// <summary>Whether a cut here would go through a number: 1,|083.50.</summary>
    private static bool IsInsideNumber(string text, int at) =>
        at > 1 && at < text.Length && char.IsAsciiDigit(text[at]) && (text[at - 1] is '.' or ',') && char.IsAsciiDigit(text[at - 2]);

    /// <summary>The same date or amount, written otherwise.</summary>
    private static LocatedValue? Same(IReadOnlyList<Cell> cells, string value)
    {
        var isDate = DateReading.Find(value) is [{ Day: not null }];
        var isNumber = !isDate && NumberReading.Find(value) is [{ InCode: false }] && value.Count(char.IsLetter) < 4;
        if (!isDate && !isNumber)
            return null;
        var type = isDate ? FieldType.Date : FieldType.Money;
        var wanted = Normaliser.Normalise(type, value);
        foreach (var cell in cells)
            foreach (var reading in isDate ? ValueReader.Dates(cell.All) : ValueReader.Amounts(cell.All).Where(r => r.Fit > 0.2))
                if (Normaliser.Normalise(type, reading.Text) == wanted)
                    return new LocatedValue(reading.Spans[0].Box, 0.95);
        return null;
    }

    /// <summary>The stretch of the page with the fewest differences (Sellers: Levenshtein's table with a free start).</summary>
    private static LocatedValue? Roughly(IReadOnlyList<Cell> cells, string wanted)
    {
        if (wanted.Length < 4)
            return null;
        var (text, map) = Join(cells);
        var most = (int)(wanted.Length * (1 - Least));
        var errors = new int[wanted.Length + 1];
        var starts = new int[wanted.Length + 1];
        for (var i = 0; i <= wanted.Length; i++) errors[i] = i;
        var (bestErrors, bestStart, bestEnd) = (most + 1, 0, 0);
        for (var j = 1; j <= text.Length; j++)
        {
            var (diagonal, diagonalStart) = (errors[0], starts[0]);
            starts[0] = j;
            for (var i = 1; i <= wanted.Length; i++)
            {
                var (up, upStart) = (errors[i], starts[i]);
                var (cost, from) = (diagonal + (wanted[i - 1] == text[j - 1] ? 0 : 1), diagonalStart);
                if (errors[i - 1] + 1 < cost) (cost, from) = (errors[i - 1] + 1, starts[i - 1]);
                if (up + 1 < cost) (cost, from) = (up + 1, upStart);
                (errors[i], starts[i]) = (cost, from);
                (diagonal, diagonalStart) = (up, upStart);
            }
            if (errors[wanted.Length] < bestErrors)
                (bestErrors, bestStart, bestEnd) = (errors[wanted.Length], starts[wanted.Length], j);
        }
        return bestErrors > most || bestEnd <= bestStart ? null
            : new LocatedValue(Around(map, bestStart, bestEnd), 1 - (double)bestErrors / wanted.Length);
    }

    private static PageBox Around(List<(Cell Cell, int At, bool Starts)> map, int start, int end) =>
        Span.Around([.. map[start..end].GroupBy(m => m.Cell).Select(g => new Span(g.Key, g.Min(m => m.At), g.Max(m => m.At) + 1))]);
}
