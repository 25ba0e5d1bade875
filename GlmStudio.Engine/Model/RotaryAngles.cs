namespace GlmStudio.Engine.Model;

/// <summary>Cosines and sines for rotary positions, computed in 64 bits and rounded once.</summary>
internal static class RotaryAngles
{
    /// <summary>inv_freq[k] = θ^(−2k / size), k = 0 … size/2 − 1.</summary>
    public static double[] Frequencies(double theta, int size) =>
        [.. Enumerable.Range(0, size / 2).Select(k => Math.Pow(theta, -2.0 * k / size))];

    /// <summary>Text: frequency k follows time, height or width by the section it is in. Writes [n, rotary/2].</summary>
    public static void Text(TextConfig config, double[] frequencies, ReadOnlySpan<int> time, ReadOnlySpan<int> height, ReadOnlySpan<int> width, Span<float> cos, Span<float> sin)
    {
        var (first, second) = (config.RotarySections[0], config.RotarySections[0] + config.RotarySections[1]);
        for (var (n, at) = (0, 0); n < time.Length; n++)
            for (var k = 0; k < frequencies.Length; k++, at++)
            {
                var position = k < first ? time[n] : k < second ? height[n] : width[n];
                // The reference multiplies in 32 bits: large positions would differ from exact products by more than the cosine's own rounding.
                var angle = position * (float)frequencies[k];
                (cos[at], sin[at]) = (MathF.Cos(angle), MathF.Sin(angle));
            }
    }

    /// <summary>Vision: those of the rows of a grid, or of its columns. Arrays of [patches, head/4]: the first half of a patch's angles follow its row, the second half its column.</summary>
    /// <param name="config">The tower.</param>
    /// <param name="patches">Patches along the side.</param>
    public static (float[] Cos, float[] Sin) Vision(VisionConfig config, int patches)
    {
        var frequencies = Frequencies(10000, config.HeadSize / 2);
        var (cos, sin) = (new float[patches * frequencies.Length], new float[patches * frequencies.Length]);
        for (var (line, at) = (0, 0); line < patches; line++)
            foreach (var frequency in frequencies)
            {
                var angle = line * (float)frequency;
                (cos[at], sin[at++]) = (MathF.Cos(angle), MathF.Sin(angle));
            }
        return (cos, sin);
    }
}
