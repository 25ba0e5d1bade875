namespace GlmStudio.Engine.Model;

/// <summary>The patches of one image, vertically and horizontally; both are multiples of the merge size.</summary>
public sealed record PatchGrid(int Height, int Width)
{
    /// <summary>Patches of the image.</summary>
    public int Count => Height * Width;

    /// <summary>The features the patches become.</summary>
    public FeatureGrid Features(int mergeSize) => new(Height / mergeSize, Width / mergeSize);

    /// <summary>Row and column of every patch in the order the network takes them: squares of the merge size in raster order, each in raster order.</summary>
    public IEnumerable<(int Row, int Column)> MergeOrder(int mergeSize)
    {
        for (var top = 0; top < Height; top += mergeSize)
            for (var left = 0; left < Width; left += mergeSize)
                for (var row = top; row < top + mergeSize; row++)
                    for (var column = left; column < left + mergeSize; column++)
                        yield return (row, column);
    }
}
