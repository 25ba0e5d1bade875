namespace GlmStudio.Engine.Model;

/// <summary>What the vision tower must know of the grids of a run. It is said of their rows and of their columns, each grid's after those of the one before, and of every patch in which it lies: so it is
/// little to make and to send, and the tower puts it together. Pictures of strangers seldom have the same grid twice.</summary>
internal sealed class GridTables
{
    private GridTables(IReadOnlyList<(string, long[])> places, IReadOnlyList<(string, float[], int)> lines) => (Places, Lines) = (places, lines);

    /// <summary>The row of every patch, and its column; patches in the network's order.</summary>
    public IReadOnlyList<(string Name, long[] Values)> Places { get; }

    /// <summary>Numbers of every row and of every column: [rows or columns, width].</summary>
    public IReadOnlyList<(string Name, float[] Values, int Width)> Lines { get; }

    /// <summary>The tables of some grids, one after the other.</summary>
    /// <param name="config">The tower.</param>
    /// <param name="grids">At least one.</param>
    /// <param name="least">Patches that there must be; those behind the last grid's lie anywhere.</param>
    public static GridTables Of(VisionConfig config, IReadOnlyList<PatchGrid> grids, int least = 0)
    {
        var patches = Math.Max(least, grids.Sum(g => g.Count));
        var (rows, columns) = (new long[patches], new long[patches]);
        var (patch, firstRow, firstColumn) = (0, 0, 0);
        foreach (var grid in grids)
        {
            foreach (var (row, column) in grid.MergeOrder(config.MergeSize)) (rows[patch], columns[patch++]) = (firstRow + row, firstColumn + column);
            (firstRow, firstColumn) = (firstRow + grid.Height, firstColumn + grid.Width);
        }
        return new GridTables([(VisionGraph.Rows, rows), (VisionGraph.Columns, columns)],
            [.. LinesOf(config, VisionGraph.Rows, [.. grids.Select(g => g.Height)]), .. LinesOf(config, VisionGraph.Columns, [.. grids.Select(g => g.Width)])]);
    }

    private static IEnumerable<(string, float[], int)> LinesOf(VisionConfig config, string axis, int[] sides)
    {
        var angles = sides.Select(side => RotaryAngles.Vision(config, side)).ToList();
        yield return (VisionGraph.CosOf(axis), [.. angles.SelectMany(a => a.Cos)], config.HeadSize / 4);
        yield return (VisionGraph.SinOf(axis), [.. angles.SelectMany(a => a.Sin)], config.HeadSize / 4);
        if (config.PositionGrid > 0) yield return (VisionGraph.InterpolationOf(axis), [.. sides.SelectMany(side => PositionInterpolation.Weights(config.PositionGrid, side))], config.PositionGrid);
    }
}
