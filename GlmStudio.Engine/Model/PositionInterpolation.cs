namespace GlmStudio.Engine.Model;

/// <summary>Learned positions of a square table, resampled to an image's grid of patches, as a matrix [patches, table cells].</summary>
/// <remarks>torch grid_sample with bicubic, align_corners=False and border padding: the Keys cubic with A = −0.75, coordinates unclipped, taps clamped.</remarks>
internal static class PositionInterpolation
{
    private const float A = -0.75f;

    public static float[] Matrix(VisionConfig config, PatchGrid grid)
    {
        var side = config.PositionGrid;
        var (rows, columns) = (Taps(grid.Height, side), Taps(grid.Width, side));
        var matrix = new float[grid.Count * side * side];
        foreach (var (patch, (row, column)) in grid.MergeOrder(config.MergeSize).Index())
        {
            var target = matrix.AsSpan(patch * side * side, side * side);
            foreach (var (y, yWeight) in rows[row])
                foreach (var (x, xWeight) in columns[column])
                    target[y * side + x] += yWeight * xWeight;
        }
        return matrix;
    }

    private static (int Cell, float Weight)[][] Taps(int patches, int side) => [.. Enumerable.Range(0, patches).Select(i =>
    {
        // The reference goes through coordinates in −1 … 1, in 32 bits.
        var unit = (i + 0.5f) / patches * 2 - 1;
        var source = ((unit + 1) * side - 1) / 2;
        var floor = (int)MathF.Floor(source);
        return Enumerable.Range(-1, 4).Select(tap => (Math.Clamp(floor + tap, 0, side - 1), Keys(MathF.Abs(source - floor - tap)))).ToArray();
    })];

    private static float Keys(float d) => d <= 1
        ? ((A + 2) * d - (A + 3)) * d * d + 1
        : ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
}
