namespace GlmStudio.Tests.Parity;

/// <summary>The sixteen rows of pixels that were recorded of each case, found again among ours.</summary>
internal static class RecordedRows
{
    public static IEnumerable<(float Expected, float Actual)> Of(ReferenceModel reference, RecordedCase recorded, float[] values)
    {
        var expected = reference.Floats($"{recorded.Name}.pixel_rows");
        const int length = 1176;
        var (rows, patches) = (expected.Length / length, values.Length / length);
        for (var row = 0; row < rows; row++)
        {
            var patch = row * (patches / rows);
            for (var i = 0; i < length; i++) yield return (expected[row * length + i], values[patch * length + i]);
        }
    }
}
