namespace GlmStudio.Engine.Images;

/// <summary>Tells whether lines of text run along the rows or along the columns of a picture.</summary>
/// <remarks>Between two lines of text lies a quiet band of paper, where the mean grey of neighbouring rows hardly changes; columns
/// cross several lines
/// and are never quiet. Only the quieter steps are compared, so frames, edges and aligned amounts do not count. Small tiles bear
/// skew and folds.
/// Text on its head looks the same and is not told apart. On the 60 receipts of the SROIE sample the quiet steps of the rows are
/// 0.1 to 0.62 of the columns'.</remarks>
internal static class TextDirection
{
    private const int Tile = 64, Stride = Tile / 2;
    private const double QuietShare = 0.4;    // the step that this share of a tile's steps stays below
    private const double MinEnergy = 4;       // mean square step; flatter tiles are paper or sky
    private const int MinTiles = 6;
    private const double Decisive = 1.35;     // how much quieter one direction must be

    /// <summary>0 where lines run along the rows, 90 where they run along the columns, null where that cannot be told.</summary>
    /// <param name="image">About 1,000 pixels on its long side, so that a tile holds a few lines.</param>
    public static int? Find(GrayImage image)
    {
        var (rows, columns, tiles) = QuietSteps(image);
        if (tiles < MinTiles) return null;
        return rows * Decisive <= columns ? 0 : columns * Decisive <= rows ? 90 : null;
    }

    /// <summary>The quiet steps from row to row and from column to column, summed over all tiles that show something.</summary>
    internal static (double Rows, double Columns, int Tiles) QuietSteps(GrayImage image)
    {
        double rows = 0, columns = 0;
        var tiles = 0;
        Span<int> rowSums = stackalloc int[Tile], columnSums = stackalloc int[Tile];
        for (var top = 0; top + Tile <= image.Height; top += Stride)
            for (var left = 0; left + Tile <= image.Width; left += Stride)
            {
                Sum(image, left, top, rowSums, columnSums);
                var (rowEnergy, rowStep) = Steps(rowSums);
                var (columnEnergy, columnStep) = Steps(columnSums);
                if (Math.Max(rowEnergy, columnEnergy) < MinEnergy) continue;
                (rows, columns, tiles) = (rows + rowStep, columns + columnStep, tiles + 1);
            }
        return (rows, columns, tiles);
    }

    private static void Sum(GrayImage image, int left, int top, Span<int> rows, Span<int> columns)
    {
        rows.Clear();
        columns.Clear();
        for (var y = 0; y < Tile; y++)
        {
            var line = image.Pixels.AsSpan((top + y) * image.Width + left, Tile);
            for (var x = 0; x < Tile; x++)
            {
                rows[y] += line[x];
                columns[x] += line[x];
            }
        }
    }

    // The mean square of the steps between neighbouring means, and the quiet step.
    private static (double Energy, double Quiet) Steps(ReadOnlySpan<int> sums)
    {
        Span<int> steps = stackalloc int[Tile - 1];
        double squares = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = Math.Abs(sums[i + 1] - sums[i]);
            squares += (double)steps[i] * steps[i];
        }
        steps.Sort();
        return (squares / steps.Length / (Tile * Tile), steps[(int)(steps.Length * QuietShare)] / (double)Tile);
    }
}
