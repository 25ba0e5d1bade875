namespace GlmStudio.Engine.Transcription;

/// <summary>Groups lines into visual rows, and puts rows and columns of prose in the order people read them.</summary>
internal static class ReadingOrder
{
    private const double SameRow = 0.5;
    private const double Stacked = 0.3;

    /// <summary>The indexes of the regions, row by row, left to right in a row.</summary>
    public static List<List<int>> Rows(IReadOnlyList<TextRegion> regions)
    {
        var slant = Slant(regions);
        var lines = regions.Select((r, i) => PlacedLine.Of(r, i, slant)).ToList();
        return [.. ProseColumns.Split(lines).SelectMany(Rows).Select(row => row.ConvertAll(l => l.Index))];
    }

    /// <summary>The rows of one block from the top.</summary>
    public static List<List<PlacedLine>> Rows(List<PlacedLine> lines)
    {
        var rows = new List<List<PlacedLine>>();
        foreach (var line in lines.OrderBy(l => l.Middle))
        {
            var row = rows.Where(r => Fits(r, line)).MinBy(r => Math.Abs(Nearest(r, line).Middle - line.Middle));
            if (row is null) rows.Add([line]);
            else row.Add(line);
        }
        return [.. rows.OrderBy(r => r.Average(l => l.Middle)).Select(r => r.OrderBy(l => l.Left).ToList())];
    }

    /// <summary>The median angle of the long lines.</summary>
    private static double Slant(IReadOnlyList<TextRegion> regions)
    {
        var angles = regions.Where(r => r.Length > 3 * r.Height && Math.Abs(r.Angle) < Math.PI / 4).Select(r => r.Angle).Order().ToList();
        return angles.Count == 0 ? 0 : angles[angles.Count / 2];
    }

    private static bool Fits(List<PlacedLine> row, PlacedLine line)
    {
        if (row.Exists(other => Overlap(other.Left, other.Right, line.Left, line.Right) >= Stacked)) return false;
        var near = Nearest(row, line);
        return Overlap(near.Top, near.Bottom, line.Top, line.Bottom) > SameRow;
    }

    /// <summary>The member of a row that stands closest beside: on curled paper only neighbours are level.</summary>
    private static PlacedLine Nearest(List<PlacedLine> row, PlacedLine line) =>
        row.MinBy(other => Math.Max(other.Left - line.Right, line.Left - other.Right));

    /// <summary>How much of the shorter stretch the other covers.</summary>
    private static double Overlap(double from, double to, double otherFrom, double otherTo) =>
        (Math.Min(to, otherTo) - Math.Max(from, otherFrom)) / Math.Max(1, Math.Min(to - from, otherTo - otherFrom));
}
