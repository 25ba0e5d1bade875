using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Parity;

/// <summary>A quantized copy turned back: every matrix as the numbers that its codes stand for.</summary>
internal static class PlainCheckpoint
{
    public static string Of(Checkpoint quantized, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(quantized.Folder, "*.json")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var singles = quantized.Tensors.Where(t => !t.Name.Contains(':', StringComparison.Ordinal)).ToDictionary(t => t.Name, t => (Shape: t.Shape, Numbers: Numbers(quantized, t)));
        foreach (var codes in quantized.Tensors.Where(t => t.Name.Contains(":q", StringComparison.Ordinal)))
        {
            var name = codes.Name[..codes.Name.IndexOf(':', StringComparison.Ordinal)];
            singles[name] = ShapeOf(quantized, name, codes);
        }
        using var writer = new SafetensorsWriter(Path.Combine(folder, "model.safetensors"), [.. singles.Select(s => (s.Key, TensorType.F16, s.Value.Shape))]);
        foreach (var (name, (_, numbers)) in singles)
        {
            var bytes = new byte[numbers.Length * 2];
            TensorConversion.FromSingle(numbers, TensorType.F16, bytes);
            writer.Write(name, 0, bytes);
        }
        return folder;
    }

    // The original's shape is not kept; the network's own says how wide a row is, and the filling up of its last block is left out.
    private static (IReadOnlyList<long> Shape, float[] Numbers) ShapeOf(Checkpoint quantized, string name, StoredTensor codes)
    {
        var format = QuantizedFormat.Of(quantized, name)!;
        var (rows, blocks) = ((int)codes.Shape[0], (int)codes.Shape[1]);
        var shape = NetworkShapes.Of(quantized)[name];
        var columns = (int)(shape.Aggregate(1L, (product, d) => product * d) / rows);
        var (packed, zeros) = (quantized.Bytes(codes).ToArray(), quantized.Bytes(quantized.Find(QuantizedFormat.Zeros(name))!).ToArray());
        var scales = Numbers(quantized, quantized.Find(QuantizedFormat.Scales(name))!);
        var (zeroBytes, numbers) = (zeros.Length / rows, new float[rows * columns]);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var block = column / format.Block;
                var code = Code(packed.AsSpan(row * blocks * format.BlockBytes), column, format.Bits);
                var zero = Code(zeros.AsSpan(row * zeroBytes), block, format.Bits);
                numbers[row * columns + column] = (code - zero) * scales[row * blocks + block];
            }
        return (shape, numbers);
    }

    private static int Code(ReadOnlySpan<byte> packed, int index, int bits) => bits == 8 ? packed[index] : packed[index / 2] >> (4 * (index & 1)) & 15;

    private static float[] Numbers(Checkpoint checkpoint, StoredTensor tensor)
    {
        var numbers = new float[tensor.Count];
        TensorConversion.ToSingle(checkpoint.Bytes(tensor), tensor.Type, numbers);
        return numbers;
    }
}
