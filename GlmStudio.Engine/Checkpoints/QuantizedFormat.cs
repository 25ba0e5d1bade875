namespace GlmStudio.Engine.Checkpoints;

/// <summary>Weight-only quantization: every block of neighbouring numbers in a row has a scale and a zero point, number = (code − zero point) · scale.</summary>
/// <remarks>
/// The layout is the one ONNX Runtime's MatMulNBits reads. A tensor <c>w</c> [rows, …] becomes three: codes [rows, blocks, bytes of a block], two codes a byte
/// where they have four bits, the earlier one in the low half; scales [rows, blocks]; zero points [rows, …], packed like the codes. The last block of a row is
/// filled up with zeros.
/// </remarks>
/// <param name="Bits">Bits of a code: 4 or 8.</param>
/// <param name="Block">Numbers of a block: a power of two, at least 16.</param>
internal sealed record QuantizedFormat(int Bits, int Block)
{
    public string Codes(string tensor) => $"{tensor}:q{Bits}b{Block}";
    public static string Scales(string tensor) => $"{tensor}:scales";
    public static string Zeros(string tensor) => $"{tensor}:zeros";

    /// <summary>The tensor as a matrix: what its first dimension counts are the rows.</summary>
    public static (long Rows, long Columns) Shape(StoredTensor tensor) => (tensor.Shape[0], tensor.Count / tensor.Shape[0]);

    public long Blocks(StoredTensor tensor) => (Shape(tensor).Columns + Block - 1) / Block;

    public int BlockBytes => Block * Bits / 8;

    /// <summary>Bytes of a row's codes.</summary>
    public long RowBytes(StoredTensor tensor) => Blocks(tensor) * BlockBytes;

    /// <summary>Bytes of a row's zero points.</summary>
    public long ZeroBytes(StoredTensor tensor) => (Blocks(tensor) * Bits + 7) / 8;

    /// <summary>The format in which a checkpoint holds a tensor, or null where it is not quantized.</summary>
    public static QuantizedFormat? Of(Checkpoint checkpoint, string tensor) =>
        All.FirstOrDefault(f => checkpoint.Find(f.Codes(tensor)) is not null);

    private static readonly QuantizedFormat[] All = [.. from bits in (int[])[4, 8] from block in (int[])[16, 32, 64, 128, 256] select new QuantizedFormat(bits, block)];
}
