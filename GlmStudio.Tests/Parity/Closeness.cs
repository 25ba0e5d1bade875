namespace GlmStudio.Tests.Parity;

internal static class Closeness
{
    /// <summary>The norm of the difference is within a share of the norm of what was expected.</summary>
    public static void Within(double share, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, norm = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow(expected[i] - actual[i], 2);
            norm += Math.Pow(expected[i], 2);
        }
        var relative = Math.Sqrt(difference / norm);
        Assert.True(relative <= share, $"relative difference {relative:E2}, allowed {share:E2}");
    }
}
