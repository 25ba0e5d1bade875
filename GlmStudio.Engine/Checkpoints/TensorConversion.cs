using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Checkpoints;

/// <summary>Stored numbers → 32-bit floats.</summary>
internal static class TensorConversion
{
    /// <summary>Converts little-endian F32, F16 or BF16 bytes; the target must have room for every element.</summary>
    public static void ToSingle(ReadOnlySpan<byte> bytes, TensorType type, Span<float> target)
    {
        switch (type)
        {
            case TensorType.F32: MemoryMarshal.Cast<byte, float>(bytes).CopyTo(target); break;
            case TensorType.F16: Halves(MemoryMarshal.Cast<byte, Half>(bytes), target); break;
            case TensorType.BF16: Brains(MemoryMarshal.Cast<byte, ushort>(bytes), target); break;
            default: throw new EngineException(EngineFault.BadCheckpoint, $"Weights of type {type} are not supported; expected F32, F16 or BF16.");
        }
    }

    private static void Halves(ReadOnlySpan<Half> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++) target[i] = (float)source[i];
    }

    // A BF16 is the upper half of the F32 with the same value.
    private static void Brains(ReadOnlySpan<ushort> source, Span<float> target)
    {
        var bits = MemoryMarshal.Cast<float, uint>(target);
        for (var i = 0; i < source.Length; i++) bits[i] = (uint)source[i] << 16;
    }
}
