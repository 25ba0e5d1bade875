namespace GlmStudio.Engine.Kernels;

/// <summary>How a product of a few rows is spread over a card (<c>stream</c> in <c>Products.cu</c>).</summary>
/// <param name="Blocks">Blocks, at most one for each multiprocessor.</param>
/// <param name="Warps">Warps of a block.</param>
/// <param name="Split">Warps that share the inputs of a tile.</param>
/// <param name="SharedBytes">Shared memory of a block.</param>
internal readonly record struct StreamPlan(int Blocks, int Warps, int Split, int SharedBytes)
{
    /// <summary>Most rows. The tensor cores take eight at a time, but with eight the warps of a block do better to share the inputs of one tile (measured on an H200 with codes of 4 bits).</summary>
    public const int MostRows = 4;

    // As the kernels have it.
    private const int MostWarps = 16, Depth = 3, Eights = 16;

    // What CUDA takes of a block's shared memory for itself.
    private const int Reserved = 1 << 10;

    /// <summary>The plan, or null where the rows find no room beside weights on their way.</summary>
    /// <param name="tiles">Tiles of outputs.</param>
    /// <param name="parts">Eights of inputs.</param>
    /// <param name="weights">Sizes of the weights.</param>
    /// <param name="rows">Rows of x.</param>
    /// <param name="card">The card.</param>
    public static StreamPlan? Of(int tiles, int parts, StreamedWeights weights, int rows, CardSize card)
    {
        if (rows > MostRows) return null;
        var steps = (parts + weights.Parts - 1) / weights.Parts;
        var blocks = Math.Min(tiles, card.Multiprocessors);
        var tilesOfBlock = (tiles + blocks - 1) / blocks;
        var (warps, split) = tilesOfBlock > MostWarps / 2 ? (WarpsFor(tilesOfBlock), 1) : Shared(tilesOfBlock, steps);
        var padded = steps * weights.Parts;
        var shared = Eights * (rows * (padded + (12 - padded % 8) % 8) + 2 * steps * weights.Sums + warps * Depth * weights.Room);
        // More than half of what a multiprocessor has: two blocks of one product on the same would leave another without work.
        return shared > card.SharedBytes ? null : new StreamPlan(blocks, warps, split, Math.Max(shared, card.SharedBytes / 2 + Reserved));
    }

    // Whole rounds of tiles, one a warp: as few warps idle in the last round as can be.
    private static int WarpsFor(int tiles) => tiles <= MostWarps ? tiles : Enumerable.Range(MostWarps / 2, MostWarps / 2 + 1).Reverse().MinBy(w => (tiles + w - 1) / w * w);

    // No warp is without inputs.
    private static (int Warps, int Split) Shared(int tiles, int steps)
    {
        var each = (steps + MostWarps / tiles - 1) / (MostWarps / tiles);
        var split = (steps + each - 1) / each;
        return (tiles * split, split);
    }
}

/// <summary>Sizes of weights as kernels stream them.</summary>
/// <param name="Parts">Eights of inputs of a step.</param>
/// <param name="Room">Sixteens of bytes that they take for a tile.</param>
/// <param name="Sums">Sums of x that belong to a step.</param>
internal readonly record struct StreamedWeights(int Parts, int Room, int Sums)
{
    /// <summary>Numbers of 16 bits: <c>PlainWeights</c>.</summary>
    public static StreamedWeights Plain { get; } = new(16, 256, 0);

    /// <summary>Arranged codes of 4 bits: <c>CodedWeights</c>.</summary>
    /// <param name="scales">Scales of a chunk.</param>
    public static StreamedWeights Coded(int scales) => new(32, 2 * (64 + 2 * scales + (scales + 1) / 2), 2 * scales);
}

/// <summary>What of a card decides how work is spread over it.</summary>
/// <param name="Multiprocessors">Its multiprocessors.</param>
/// <param name="SharedBytes">Shared memory that a block may have.</param>
internal readonly record struct CardSize(int Multiprocessors, int SharedBytes)
{
    /// <summary>That of the thread's current card.</summary>
    public static CardSize OfCurrent()
    {
        const int Multiprocessors = 16, SharedOfBlock = 97; // cudaDevAttrMultiProcessorCount, cudaDevAttrMaxSharedMemoryPerBlockOptin
        CudaRuntime.Check(CudaDriver.CurrentDevice(out var card));
        CudaRuntime.Check(CudaRuntime.DeviceAttribute(out var multiprocessors, Multiprocessors, card));
        CudaRuntime.Check(CudaRuntime.DeviceAttribute(out var shared, SharedOfBlock, card));
        return new CardSize(multiprocessors, shared);
    }
}
