using System.Numerics;
using System.Numerics.Tensors;

namespace GlmStudio.Engine.Model;

/// <summary>Darkest and brightest red, green and blue of an area, 0 … 255.</summary>
internal readonly record struct ColourRange(Vector3 Low, Vector3 High)
{
    /// <summary>The largest difference between two pixels of the area in one colour.</summary>
    public float Widest => Math.Max(High.X - Low.X, Math.Max(High.Y - Low.Y, High.Z - Low.Z));

    /// <summary>The range of both areas together.</summary>
    public ColourRange With(ColourRange other) => new(Vector3.Min(Low, other.Low), Vector3.Max(High, other.High));

    /// <summary>The range of every square of patches that becomes one feature, in raster order.</summary>
    public static ColourRange[] Of(PatchPixels picture, PreprocessorConfig config)
    {
        var area = config.PatchSize * config.PatchSize;
        var square = config.MergeSize * config.MergeSize;
        var cells = new ColourRange[picture.Grid.Count / square];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (low, high) = (new Vector3(float.MaxValue), new Vector3(float.MinValue));
            for (var patch = cell * square; patch < (cell + 1) * square; patch++)
                for (var channel = 0; channel < 3; channel++)
                {
                    var pixels = picture.Bytes.AsSpan((patch * 3 + channel) * area, area);
                    low[channel] = Math.Min(low[channel], TensorPrimitives.Min<byte>(pixels));
                    high[channel] = Math.Max(high[channel], TensorPrimitives.Max<byte>(pixels));
                }
            cells[cell] = new ColourRange(low, high);
        }
        return cells;
    }
}
