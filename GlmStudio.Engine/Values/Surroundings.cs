using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>Where a value stands relative to its label.</summary>
internal enum Side
{
    /// <summary>Behind the label in its own cell.</summary>
    Same,
    /// <summary>In the next cells of the row.</summary>
    Right,
    /// <summary>Beneath, in the same column.</summary>
    Below,
}

/// <summary>A place where a label's value may stand.</summary>
/// <param name="Spans">Its text, cell by cell.</param>
/// <param name="Side">Relative to the label.</param>
/// <param name="Geometry">How usual this place is here, 0 … 1.</param>
/// <param name="Separated">Whether a colon, a gap or a line end divides label and value.</param>
internal sealed record Region(IReadOnlyList<Span> Spans, Side Side, double Geometry, bool Separated);

/// <summary>Finds the places around a label where its value may stand.</summary>
internal sealed partial class Surroundings(PageText page, LabelSpotter labels)
{
    private const int MostCellsRight = 6;

    /// <summary>The places, the most usual first.</summary>
    public IEnumerable<Region> Around(LabelHit hit)
    {
        var same = Behind(hit, out var separated);
        var isAlone = same.Length == 0;
        if (!isAlone)
            yield return new Region([same], Side.Same, separated ? 1 : 0.85, separated);
        var right = Right(hit.Cell);
        var isHeader = isAlone && IsHeader(hit.Cell.Row);
        if (right.Count > 0)
            yield return new Region(right, Side.Right, isHeader ? 0.35 : isAlone ? 0.97 : separated ? 0.55 : 0.78, true);
        var below = hit.Phrase.RowOnly || !isAlone ? null : page.Below(hit.Cell, 2.2);
        if (below is not null && !labels.IsLabel(below))
            yield return new Region([below.All.Trim()], Side.Below, isHeader ? 0.95 : right.Count == 0 ? 0.8 : 0.4, true);
    }

    /// <summary>What follows the label in its cell, up to the next label.</summary>
    private Span Behind(LabelHit hit, out bool separated)
    {
        var text = hit.Cell.Text;
        var skip = Separator().Match(text, hit.End, text.Length - hit.End);
        separated = skip.Groups["mark"].Length > 0;
        var start = hit.End + skip.Length;
        return new Span(hit.Cell, start, Math.Max(start, NextLabel(hit.Cell, start))).Trim();
    }

    /// <summary>Where the next label of the cell begins; the cell's end where there is none.</summary>
    private int NextLabel(Cell cell, int from)
    {
        var known = labels.In(cell).Where(h => h.Start > from && h.Strength >= 0.75 && LabelSpotter.FollowedBySeparator(h) && h.End < cell.Text.Length)
            .Select(h => h.Start).DefaultIfEmpty(cell.Text.Length).Min();
        var unknown = UnknownLabel().Match(cell.Text, from, cell.Text.Length - from);
        return unknown.Success && unknown.Index > from ? Math.Min(known, unknown.Index) : known;
    }

    /// <summary>The cells to the right up to the next label.</summary>
    private List<Span> Right(Cell cell)
    {
        List<Span> spans = [];
        foreach (var other in page.RightOf(cell).Take(MostCellsRight))
        {
            if (labels.IsLabel(other) && !IsOnlySeparators(other))
                break;
            var span = other.All.Trim();
            if (span.Length > 0)
                spans.Add(new Span(other, span.Start, NextLabel(other, span.Start)).Trim());
        }
        return spans;
    }

    private static bool IsOnlySeparators(Cell cell) => cell.All.Trim().Length == 0;

    /// <summary>A table's head: several cells without values, with as many cells beneath; or labels side by side.</summary>
    public bool IsHeader(int row)
    {
        var cells = page.Rows[row];
        if (cells.Length < 2 || cells.Any(c => c.Text.Contains(':', StringComparison.Ordinal)))
            return false;
        var known = cells.Select(labels.IsKnown).ToList();
        if (known.TrueForAll(k => k) || (cells.Length > 2 && known.Zip(known.Skip(1)).Any(p => p.First && p.Second)))
            return true;
        if (cells.Length < 3 || known.Count(k => k) > 1 || cells.Any(c => c.Text.Any(char.IsAsciiDigit)) || row + 1 >= page.Rows.Count)
            return false;
        var beneath = page.Rows[row + 1];
        return beneath.Length >= cells.Length - 1 && beneath.Any(c => c.Text.Any(char.IsAsciiDigit))
            && cells.Count(c => beneath.Any(b => b.Area.OverlapAcross(c.Area) > 0.2)) >= cells.Length - 1;
    }

    /// <summary>The lines that go on with a value beneath it: close, starting near the same edge, and no labels.</summary>
    public IEnumerable<Span> Continuation(Cell first, double left, int most, Func<Cell, bool> goesOn)
    {
        var last = first;
        for (var row = first.Row + 1; row < page.Rows.Count && most-- > 0; row++)
        {
            var next = Array.Find(page.Rows[row], c => Math.Abs(c.Area.X - left) < 2 * page.LineHeight || c.Area.OverlapAcross(first.Area) > 0.6);
            if (next is null || next.Area.Y - last.Area.Bottom > 1.2 * page.LineHeight || labels.IsLabel(next) || !goesOn(next))
                yield break;
            yield return next.All.Trim();
            last = next;
        }
    }

    // "No.", a unit in brackets, then the mark: "Invoice No. (original) : …", "Total (RM) …"
    [GeneratedRegex(@"\G(?:\s?(?:no|nos|number|nr)\b\.?)?\s*(?:[(\[][^)\]]{0,30}[)\]])?\s*(?<mark>[:=#|>~_…·*\-.]*)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    // The next "word:" of a line that nobody knows: after a space or comma, no time of day, no web address.
    [GeneratedRegex(@"(?<=[\s,;])(?:[\u4e00-\u9fff]{2,8}|\p{Lu}[\p{L}.]*(?: (?:No|ID|Date|Code|Number|Name|Type)\.?)?)\s?:(?!//|\d\d\b)")]
    private static partial Regex UnknownLabel();
}
