namespace GlmStudio.Engine.Kernels;

/// <summary>How a matrix of weights is held on a card.</summary>
/// <param name="Bits">4: codes, arranged for <c>CodedProducts.cu</c>; 8: codes as a checkpoint has them; 0: numbers of 16 bits.</param>
/// <param name="Block">Inputs that share a scale.</param>
internal readonly record struct CodeFormat(int Bits, int Block)
{
    /// <summary>Inputs of a chunk of arranged codes: four lanes of a warp take 32 each.</summary>
    public const int Chunk = 128;

    // Inputs that four lanes beside each other read at a time.
    private const int NumbersRead = 32, BytesRead = 64;

    private const int LaneCodes = 32, LaneBytes = 16;

    /// <summary>Scales of a chunk: 4, 2 or 1.</summary>
    public int ScalesOfChunk => Bits == 4 ? Math.Max(1, Chunk / Block) : 1;

    /// <summary>Whether our kernels take such a matrix.</summary>
    /// <param name="outputs">Its rows.</param>
    /// <param name="inputs">Its columns.</param>
    public bool Takes(int outputs, int inputs) => outputs % CardMatrix.Tile == 0 && Bits switch
    {
        0 => inputs % NumbersRead == 0,
        4 => Block >= LaneCodes && inputs % Math.Max(Chunk, Block) == 0,
        8 => Block >= LaneBytes && inputs % Math.Max(BytesRead, Block) == 0,
        _ => false,
    };
}
