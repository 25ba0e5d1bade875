namespace GlmStudio.Engine.Transcription;

/// <summary>Tells columns of running text from the columns of a table: lines of prose fill their column from edge to edge again and again,
/// cells seldom do.</summary>
internal static class ProseColumns
{
    private const int LeastLines = 4;
    private const double LeastFill = 0.7;
    private const double LeastElongation = 8;
    private const double LeastSingle = 0.8;

    /// <summary>The lines in blocks to be read one after the other; one block where the page has no columns of prose.</summary>
    public static List<List<PlacedLine>> Split(List<PlacedLine> lines) => TrySplit(lines) ?? [lines];

    private static List<List<PlacedLine>>? TrySplit(List<PlacedLine> lines)
    {
        if (lines.Count < 2 * LeastLines) return null;
        // The right column's lines begin together: try the left edges, the best shared first.
        foreach (var edge in Edges(lines))
        {
            var blocks = SplitAt(lines, edge);
            if (blocks is not null) return blocks;
        }
        return null;
    }

    private static IEnumerable<double> Edges(List<PlacedLine> lines) =>
        lines.GroupBy(l => Math.Round(l.Left / Math.Max(1, l.Height)))
            .Where(g => g.Count() >= LeastLines / 2)
            .OrderByDescending(g => g.Count())
            .Take(8)
            .Select(g => g.Min(l => l.Left) - g.Average(l => l.Height) / 4);

    /// <summary>Lines across the edge (titles) part the page into bands; each band whose both sides are prose is read column by column.</summary>
    private static List<List<PlacedLine>>? SplitAt(List<PlacedLine> lines, double edge)
    {
        var blocks = new List<List<PlacedLine>>();
        var band = new List<PlacedLine>();
        var found = false;
        foreach (var line in lines.OrderBy(l => l.Middle))
        {
            if (!line.Crosses(edge))
            {
                band.Add(line);
                continue;
            }
            found |= Close(band, edge, blocks);
            blocks.Add([line]);
            band = [];
        }
        found |= Close(band, edge, blocks);
        return found ? blocks : null;
    }

    private static bool Close(List<PlacedLine> band, double edge, List<List<PlacedLine>> blocks)
    {
        if (band.Count == 0) return false;
        var sides = band.ToLookup(l => l.Centre < edge);
        if (Columns([.. sides[true]]) is not { } left || Columns([.. sides[false]]) is not { } right)
        {
            blocks.Add(band);
            return false;
        }
        blocks.AddRange(left);
        blocks.AddRange(right);
        return true;
    }

    private static List<List<PlacedLine>>? Columns(List<PlacedLine> side) => IsProse(side) ? [side] : TrySplit(side);

    private static bool IsProse(List<PlacedLine> side)
    {
        if (side.Count < LeastLines) return false;
        var width = side.Max(l => l.Right) - side.Min(l => l.Left);
        var full = side.Count(l => l.Width >= LeastFill * width && l.Width >= LeastElongation * l.Height);
        return full >= LeastFill * side.Count && ReadingOrder.Rows(side).Count >= LeastSingle * side.Count;
    }
}
