namespace GlmStudio.Engine.Model;

/// <summary>How many features an image became, vertically and horizontally, and which of them have a token.</summary>
public sealed record FeatureGrid(int Height, int Width)
{
    /// <summary>Features that have a token, by their number in raster order, ascending; null: all of them.</summary>
    public IReadOnlyList<int>? Kept { get; init; }

    /// <summary>Features that have a token, and so placeholders of the image.</summary>
    public int Count => Kept?.Count ?? Height * Width;

    /// <summary>Row and column of a token's feature. A token keeps its place, whatever others are left out.</summary>
    /// <param name="token">The image's token, from 0.</param>
    public (int Row, int Column) Place(int token) => Math.DivRem(Kept?[token] ?? token, Width);

    /// <summary>The features that have a token, [<see cref="Count"/>, width of a feature].</summary>
    /// <param name="features">All features of the image, [height × width, width of a feature].</param>
    internal float[] Take(float[] features)
    {
        if (Kept is null) return features;
        var length = features.Length / (Height * Width);
        var taken = new float[Kept.Count * length];
        foreach (var (token, feature) in Kept.Index()) features.AsSpan(feature * length, length).CopyTo(taken.AsSpan(token * length));
        return taken;
    }
}
