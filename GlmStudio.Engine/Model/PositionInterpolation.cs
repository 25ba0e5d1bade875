namespace GlmStudio.Engine.Model;

/// <summary>Learned positions of a square table, resampled to a side of an image's grid of patches. What a patch takes of a cell is its row's weight for the cell's row times its column's for the cell's column.</summary>
/// <remarks>torch grid_sample with bicubic, align_corners=False and border padding: the Keys cubic with A = −0.75, coordinates unclipped, taps clamped.</remarks>
internal static class PositionInterpolation
{
    private const float A = -0.75f;

    /// <summary>Weights of the table's cells along a side: [patches, cells].</summary>
    /// <param name="cells">Cells of the table along a side.</param>
    /// <param name="patches">Patches of the image along it.</param>
    public static float[] Weights(int cells, int patches)
    {
        var weights = new float[patches * cells];
        for (var i = 0; i < patches; i++)
        {
            // The reference goes through coordinates in −1 … 1, in 32 bits.
            var unit = (i + 0.5f) / patches * 2 - 1;
            var source = ((unit + 1) * cells - 1) / 2;
            var floor = (int)MathF.Floor(source);
            for (var tap = floor - 1; tap <= floor + 2; tap++) weights[i * cells + Math.Clamp(tap, 0, cells - 1)] += Keys(MathF.Abs(source - tap));
        }
        return weights;
    }

    private static float Keys(float d) => d <= 1
        ? ((A + 2) * d - (A + 3)) * d * d + 1
        : ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
}
