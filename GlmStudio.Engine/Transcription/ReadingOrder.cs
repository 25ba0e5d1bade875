namespace GlmStudio.Engine.Transcription;

/// <summary>Groups lines into visual rows.</summary>
internal static class ReadingOrder
{
    private const double SameRow = 0.5;
    private const double Stacked = 0.3;

    private readonly record struct Placed(int Index, double Left, double Right, double Top, double Bottom)
    {
        public double Middle => (Top + Bottom) / 2;
    }

    /// <summary>The indexes of the regions, row by row from the top, left to right in a row.</summary>
    public static List<List<int>> Rows(IReadOnlyList<TextRegion> regions)
    {
        var slant = Slant(regions);
        var rows = new List<List<Placed>>();
        foreach (var placed in regions.Select((r, i) => Straighten(r, i, slant)).OrderBy(p => p.Middle))
        {
            var row = rows.Where(r => Fits(r, placed)).MinBy(r => Math.Abs(Nearest(r, placed).Middle - placed.Middle));
            if (row is null) rows.Add([placed]);
            else row.Add(placed);
        }
        return [.. rows
            .OrderBy(r => r.Average(p => p.Middle))
            .Select(r => r.OrderBy(p => p.Left).Select(p => p.Index).ToList())];
    }

    private static double Slant(IReadOnlyList<TextRegion> regions)
    {
        var angles = regions.Where(r => !r.IsTall && r.Length > 3 * r.Height && Math.Abs(r.Angle) < 0.5).Select(r => r.Angle).Order().ToList();
        return angles.Count == 0 ? 0 : angles[angles.Count / 2];
    }

    private static Placed Straighten(TextRegion region, int index, double slant)
    {
        var (sin, cos) = Math.SinCos(-slant);
        double x = region.X * cos - region.Y * sin, y = region.X * sin + region.Y * cos;
        var (turnSin, turnCos) = Math.SinCos(region.Angle - slant);
        var reachX = (Math.Abs(turnCos) * region.Length + Math.Abs(turnSin) * region.Height) / 2;
        var reachY = (Math.Abs(turnSin) * region.Length + Math.Abs(turnCos) * region.Height) / 2;
        return new Placed(index, x - reachX, x + reachX, y - reachY, y + reachY);
    }

    private static bool Fits(List<Placed> row, Placed placed) =>
        row.TrueForAll(other => Overlap(other.Left, other.Right, placed.Left, placed.Right) < Stacked)
        && Nearest(row, placed) is var near && Overlap(near.Top, near.Bottom, placed.Top, placed.Bottom) > SameRow;

    /// <summary>The member of a row that stands closest beside: on curled paper only neighbours are level.</summary>
    private static Placed Nearest(List<Placed> row, Placed placed) =>
        row.MinBy(other => Math.Max(other.Left - placed.Right, placed.Left - other.Right));

    /// <summary>How much of the shorter stretch the other covers.</summary>
    private static double Overlap(double from, double to, double otherFrom, double otherTo) =>
        (Math.Min(to, otherTo) - Math.Max(from, otherFrom)) / Math.Max(1, Math.Min(to - from, otherTo - otherFrom));
}
