namespace GlmStudio.Engine.Model;

/// <summary>What the vision tower must know of the grids of a run. It is said of their lines, all rows and then all columns of each grid, and of every patch which two it lies in: so it is little
/// to make and to send, and the tower puts it together. Pictures of strangers seldom have the same grid twice.</summary>
internal sealed class GridTables
{
    private GridTables(IReadOnlyList<(string, long[])> places, IReadOnlyList<(string, float[], int)> lines) => (Places, Lines) = (places, lines);

    /// <summary>The line of every patch's row and column, patches in the network's order.</summary>
    public IReadOnlyList<(string Name, long[] Values)> Places { get; }

    /// <summary>Numbers of every line: [lines, width].</summary>
    public IReadOnlyList<(string Name, float[] Values, int Width)> Lines { get; }

    /// <summary>The tables of some grids, one after the other.</summary>
    /// <param name="config">The tower.</param>
    /// <param name="grids">At least one.</param>
    /// <param name="least">Patches that there must be; those behind the last grid's lie anywhere.</param>
    public static GridTables Of(VisionConfig config, IReadOnlyList<PatchGrid> grids, int least = 0)
    {
        var patches = Math.Max(least, grids.Sum(g => g.Count));
        var (rows, columns) = (new long[patches], new long[patches]);
        int[] sides = [.. grids.SelectMany(g => new[] { g.Height, g.Width })];
        var (patch, first) = (0, 0);
        foreach (var grid in grids)
        {
            foreach (var (row, column) in grid.MergeOrder(config.MergeSize)) (rows[patch], columns[patch++]) = (first + row, first + grid.Height + column);
            first += grid.Height + grid.Width;
        }
        var angles = sides.Select(side => RotaryAngles.Vision(config, side)).ToList();
        List<(string, float[], int)> lines = [(VisionGraph.Cos, [.. angles.SelectMany(a => a.Cos)], config.HeadSize / 4), (VisionGraph.Sin, [.. angles.SelectMany(a => a.Sin)], config.HeadSize / 4)];
        if (config.PositionGrid > 0) lines.Add((VisionGraph.Interpolation, [.. sides.SelectMany(side => PositionInterpolation.Weights(config.PositionGrid, side))], config.PositionGrid));
        return new GridTables([(VisionGraph.Rows, rows), (VisionGraph.Columns, columns)], lines);
    }
}
