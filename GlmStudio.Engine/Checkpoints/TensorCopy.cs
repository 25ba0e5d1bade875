namespace GlmStudio.Engine.Checkpoints;

/// <summary>One tensor on its way into a converted copy, some rows at a time.</summary>
internal sealed class TensorCopy(Checkpoint checkpoint, StoredTensor tensor, TensorTarget target)
{
    // Numbers of a piece: enough to be worth a task, little enough that many are in memory at once.
    private const long PieceSize = 1 << 20;

    // A scalar is a row of one.
    private readonly long _rows = tensor.Shape.Count == 0 ? 1 : tensor.Shape[0];

    public StoredTensor Tensor { get; } = tensor;

    /// <summary>The tensors it becomes.</summary>
    public IEnumerable<(string Name, TensorType Type, IReadOnlyList<long> Shape)> Results => target.Quantized is not { } format
        ? [(Tensor.Name, target.Type, Tensor.Shape)]
        :
        [
            (format.Codes(Tensor.Name), TensorType.U8, [_rows, format.Blocks(Tensor), format.BlockBytes]),
            (QuantizedFormat.Scales(Tensor.Name), target.Type, [_rows, format.Blocks(Tensor)]),
            (QuantizedFormat.Zeros(Tensor.Name), TensorType.U8, [_rows, format.ZeroBytes(Tensor)]),
        ];

    /// <summary>Runs of rows that can be written independently.</summary>
    public IEnumerable<(long First, int Count)> Pieces()
    {
        if (Tensor.Count == 0) yield break;
        var step = (int)Math.Clamp(PieceSize / Columns, 1, PieceSize);
        for (long first = 0; first < _rows; first += step) yield return (first, (int)Math.Min(step, _rows - first));
    }

    /// <summary>Converts and writes a run of rows; returns how many numbers it had.</summary>
    public long Write(long first, int count, SafetensorsWriter writer)
    {
        var (numbers, size) = (new float[count * Columns], Tensor.Type.Size());
        var source = checkpoint.Bytes(Tensor with { Offset = Tensor.Offset + first * Columns * size, Length = numbers.LongLength * size });
        TensorConversion.ToSingle(source, Tensor.Type, numbers);
        if (target.Factor != 1) System.Numerics.Tensors.TensorPrimitives.Multiply(numbers, target.Factor, numbers);
        if (target.Quantized is { } format) WriteQuantized(numbers, format, first, count, writer);
        else WriteNumbers(Tensor.Name, numbers, first * Columns, writer);
        return numbers.LongLength;
    }

    private int Columns => checked((int)(Tensor.Count / Math.Max(1, _rows)));

    private void WriteQuantized(float[] numbers, QuantizedFormat format, long first, int count, SafetensorsWriter writer)
    {
        var (rowBytes, zeroBytes, blocks) = ((int)format.RowBytes(Tensor), (int)format.ZeroBytes(Tensor), (int)format.Blocks(Tensor));
        var (codes, scales, zeros) = (new byte[count * rowBytes], new float[count * blocks], new byte[count * zeroBytes]);
        var quantizer = new BlockQuantizer(format, target.Type);
        for (var row = 0; row < count; row++)
            if (!quantizer.Quantize(numbers.AsSpan(row * Columns, Columns), codes.AsSpan(row * rowBytes, rowBytes), scales.AsSpan(row * blocks, blocks), zeros.AsSpan(row * zeroBytes, zeroBytes)))
                throw new EngineException(EngineFault.BadCheckpoint, $"Tensor \"{Tensor.Name}\" has a number that is not finite in row {first + row:N0}: the checkpoint is damaged.");
        writer.Write(format.Codes(Tensor.Name), first * rowBytes, codes);
        WriteNumbers(QuantizedFormat.Scales(Tensor.Name), scales, first * blocks, writer);
        writer.Write(QuantizedFormat.Zeros(Tensor.Name), first * zeroBytes, zeros);
    }

    private void WriteNumbers(string name, float[] numbers, long first, SafetensorsWriter writer)
    {
        var bytes = new byte[numbers.LongLength * target.Type.Size()];
        TensorConversion.FromSingle(numbers, target.Type, bytes);
        writer.Write(name, first * target.Type.Size(), bytes);
    }
}
