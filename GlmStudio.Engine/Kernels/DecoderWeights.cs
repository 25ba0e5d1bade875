namespace GlmStudio.Engine.Kernels;

/// <summary>Sizes of a decoder as its steps need them.</summary>
/// <param name="Layers">Layers.</param>
/// <param name="Hidden">Width of the residual stream.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key/value heads.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Intermediate">Width of the gated MLP.</param>
/// <param name="Vocabulary">Logits of a token.</param>
/// <param name="RotaryPairs">Pairs of a head's numbers that are turned.</param>
/// <param name="Epsilon">Epsilon of the norms.</param>
/// <param name="BranchEpsilon">Epsilon of the norms of branch outputs.</param>
/// <param name="Matrices">How the layers' matrices are held.</param>
/// <param name="Head">How the head is.</param>
/// <param name="Table">How the table of embeddings is; codes of it stand as a checkpoint has them.</param>
/// <param name="HasBias">Whether queries, keys and values have biases.</param>
internal sealed record DecoderShape(int Layers, int Hidden, int Heads, int KeyValueHeads, int HeadSize, int Intermediate, int Vocabulary, int RotaryPairs,
    float Epsilon, float BranchEpsilon, CodeFormat Matrices, CodeFormat Head, CodeFormat Table, bool HasBias)
{
    /// <summary>Width of queries, keys and values beside each other.</summary>
    public int QkvWidth => (Heads + 2 * KeyValueHeads) * HeadSize;

    /// <summary>Whether our kernels can run such a decoder.</summary>
    public bool Fits => HeadSize is 32 or 64 or 128 && Heads % KeyValueHeads == 0 && Heads / KeyValueHeads <= CardMatrix.Tile
        && Matrices.Takes(QkvWidth, Hidden) && Matrices.Takes(Hidden, Heads * HeadSize) && Matrices.Takes(Intermediate, Hidden) && Matrices.Takes(Hidden, Intermediate)
        && Head.Takes(Vocabulary, Hidden) && (Matrices.Bits != 4 || Head.Bits != 4 || Matrices.ScalesOfChunk == Head.ScalesOfChunk);

    /// <summary>Scales of a chunk of codes of 4 bits: kernels are compiled for one number.</summary>
    public int ScalesOfChunk => Matrices.Bits == 4 ? Matrices.ScalesOfChunk : Head.ScalesOfChunk;
}

/// <summary>Where a decoder's weights are on a card.</summary>
/// <param name="Table">The table of embeddings: numbers or codes.</param>
/// <param name="TableScales">Its scales where it is codes.</param>
/// <param name="TableZeros">Its zero points.</param>
/// <param name="FirstNorm">The first layer's norm.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Head">The output head.</param>
internal sealed record DecoderWeights(nint Table, nint TableScales, nint TableZeros, nint FirstNorm, IReadOnlyList<DecoderWeights.Layer> Layers, CardMatrix Head)
{
    /// <summary>A layer's weights, with the norm that the next one (or the head) begins with.</summary>
    internal sealed record Layer(CardMatrix Qkv, nint Bias, CardMatrix Output, nint AttentionNorm, nint MlpNorm, CardMatrix GateUp, CardMatrix Down, nint AfterNorm, nint NextNorm);

    /// <summary>Reads addresses that stand in the order in which a network uses its weights.</summary>
    /// <exception cref="InvalidOperationException">There are more or fewer than such a decoder has.</exception>
    public static DecoderWeights Read(DecoderShape shape, IReadOnlyList<nint> addresses)
    {
        var at = 0;
        nint Next() => at < addresses.Count ? addresses[at++] : throw new InvalidOperationException($"A decoder of {shape.Layers} layers has more than {addresses.Count} weights.");
        CardMatrix Matrix(int outputs, int inputs, CodeFormat format) => format.Bits == 0 ? new CardMatrix(outputs, inputs, format, Next()) : new CardMatrix(outputs, inputs, format, Next(), Next(), Next());
        var table = Next();
        var (scales, zeros) = shape.Table.Bits == 0 ? (0, 0) : (Next(), Next());
        var first = Next();
        Layer[] layers = [.. Enumerable.Range(0, shape.Layers).Select(_ => new Layer(Matrix(shape.QkvWidth, shape.Hidden, shape.Matrices), shape.HasBias ? Next() : 0,
            Matrix(shape.Hidden, shape.Heads * shape.HeadSize, shape.Matrices), Next(), Next(), Matrix(2 * shape.Intermediate, shape.Hidden, shape.Matrices), Matrix(shape.Hidden, shape.Intermediate, shape.Matrices), Next(), Next()))];
        var weights = new DecoderWeights(table, scales, zeros, first, layers, Matrix(shape.Vocabulary, shape.Hidden, shape.Head));
        return at == addresses.Count ? weights : throw new InvalidOperationException($"A decoder of {shape.Layers} layers has {at} weights, not {addresses.Count}.");
    }
}
