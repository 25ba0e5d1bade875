namespace GlmStudio.Engine.Model;

/// <summary>Chooses which features of a picture have a token where blank, uniform areas get one each.</summary>
/// <remarks>
/// <code>
/// # · · · ·        #: something is there, keeps its token
/// # · · · ·   →    ·: blank. Rectangles in raster order, wide before high: the 2×4 one at the right gives the token of its
/// · · · # #        middle (row 0, column 2), the 1×3 one below it that of row 2, column 1
/// </code>
/// The vision tower still sees the whole picture, so a blank area's token knows its surroundings. Tokens that are left keep their positions, and the text goes on
/// where it would have: only the prompt gets shorter.
/// </remarks>
internal static class BlankAreas
{
    /// <summary>A blank area's pixels differ by no more than this in each colour, of 255: less than print and rules do, more than the noise of a scan that was made smaller.</summary>
    public const float Tolerance = 16;

    /// <summary>The grid with the features that have a token; the same where no two cells can share one.</summary>
    /// <param name="grid">All features of the image.</param>
    /// <param name="cells">The colours of each, in raster order.</param>
    public static FeatureGrid Merge(FeatureGrid grid, ReadOnlySpan<ColourRange> cells)
    {
        var (isTaken, kept) = (new bool[cells.Length], new List<int>());
        for (var cell = 0; cell < cells.Length; cell++)
        {
            if (isTaken[cell]) continue;
            var (height, width) = Grow(grid, cells, isTaken, cell);
            for (var row = 0; row < height; row++) isTaken.AsSpan(cell + row * grid.Width, width).Fill(true);
            kept.Add(cell + (height - 1) / 2 * grid.Width + (width - 1) / 2);
        }
        kept.Sort();
        return kept.Count == cells.Length ? grid : grid with { Kept = kept };
    }

    // The largest width of the first row that is uniform, then as many rows as are uniform with it.
    private static (int Height, int Width) Grow(FeatureGrid grid, ReadOnlySpan<ColourRange> cells, bool[] isTaken, int first)
    {
        var (range, height, width) = (cells[first], 1, 1);
        while (first % grid.Width + width < grid.Width && Fits(cells, isTaken, first + width, 1, range) is { } wider) (range, width) = (wider, width + 1);
        while (first / grid.Width + height < grid.Height && Fits(cells, isTaken, first + height * grid.Width, width, range) is { } higher) (range, height) = (higher, height + 1);
        return (height, width);
    }

    /// <summary>The range with a run of cells added, or null where one of them is taken or the whole is no longer uniform.</summary>
    private static ColourRange? Fits(ReadOnlySpan<ColourRange> cells, bool[] isTaken, int start, int count, ColourRange range)
    {
        for (var cell = start; cell < start + count; cell++)
        {
            if (isTaken[cell]) return null;
            range = range.With(cells[cell]);
        }
        return range.Widest <= Tolerance ? range : null;
    }
}
