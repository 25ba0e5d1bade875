namespace GlmStudio.Engine.Kernels;

/// <summary>How a product of many rows with codes of 4 bits is spread over a card (<c>many</c> in <c>ManyRows.cu</c>).</summary>
/// <param name="Tiles">Eights of rows that the kernel has room for.</param>
/// <param name="Blocks">Blocks that have all outputs.</param>
/// <param name="Split">Blocks that share the inputs of the same outputs.</param>
/// <param name="SharedBytes">Shared memory of a block.</param>
internal readonly record struct ManyRowsPlan(int Tiles, int Blocks, int Split, int SharedBytes)
{
    /// <summary>Fewest rows: fewer are faster where the warps of a block share the inputs of one tile (measured on an H200).</summary>
    public const int FewestRows = 25;

    /// <summary>Most rows.</summary>
    public const int MostRows = MostTiles * 8;

    /// <summary>Threads of a block.</summary>
    public const int Threads = 256;

    // As the kernels have it.
    private const int MostTiles = 8, OutputsOfBlock = 128, Teams = 4, Groups = 4, Depth = 3, Sixteen = 16, BlocksOfMultiprocessor = 2;

    /// <summary>The plan, or null where there is none.</summary>
    /// <param name="outputs">Outputs; of a gate and its values, one of both.</param>
    /// <param name="isGated">Whether it is a gate and its values.</param>
    /// <param name="chunks">Chunks of inputs.</param>
    /// <param name="scales">Scales of a chunk.</param>
    /// <param name="rows">Rows of x.</param>
    /// <param name="card">The card.</param>
    public static ManyRowsPlan? Of(int outputs, bool isGated, int chunks, int scales, int rows, CardSize card)
    {
        if (rows is < FewestRows or > MostRows) return null;
        var tiles = rows switch { <= 32 => 4, <= 48 => 6, _ => MostTiles };
        var each = isGated ? OutputsOfBlock / 2 : OutputsOfBlock;
        var blocks = (outputs + each - 1) / each;
        // As many as find room on the card at once; none is without inputs.
        var sharers = Math.Max(1, BlocksOfMultiprocessor * card.Multiprocessors / blocks);
        var chunksOfBlock = (chunks + sharers - 1) / sharers;
        var shared = Depth * Sixteen * (tiles * OutputsOfBlock + Teams * (Groups * (32 + scales) + scales));
        return shared > card.SharedBytes ? null : new ManyRowsPlan(tiles, blocks, (chunks + chunksOfBlock - 1) / chunksOfBlock, shared);
    }

    /// <summary>Bytes of the sums that blocks leave for each other, at most.</summary>
    public static long PartBytes(CardSize card) => (long)BlocksOfMultiprocessor * card.Multiprocessors * OutputsOfBlock * MostRows * sizeof(float);

    /// <summary>Bytes of the counts of blocks that have left theirs, at most.</summary>
    public static long CountBytes(CardSize card) => (long)BlocksOfMultiprocessor * card.Multiprocessors * sizeof(uint);
}
