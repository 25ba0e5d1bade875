using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Checkpoints;

/// <summary>Stored numbers ↔ 32-bit floats.</summary>
internal static class TensorConversion
{
    /// <summary>Converts little-endian F32, F16 or BF16 bytes; the target must have room for every element.</summary>
    public static void ToSingle(ReadOnlySpan<byte> bytes, TensorType type, Span<float> target)
    {
        switch (type)
        {
            case TensorType.F32: MemoryMarshal.Cast<byte, float>(bytes).CopyTo(target); break;
            case TensorType.F16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), target); break;
            case TensorType.BF16: Brains(MemoryMarshal.Cast<byte, ushort>(bytes), target); break;
            default: throw Unsupported(type);
        }
    }

    /// <summary>Converts to little-endian F32, F16 or BF16 bytes, rounding to the nearest; the target must have room for every element.</summary>
    public static void FromSingle(ReadOnlySpan<float> numbers, TensorType type, Span<byte> target)
    {
        switch (type)
        {
            case TensorType.F32: MemoryMarshal.AsBytes(numbers).CopyTo(target); break;
            case TensorType.F16: TensorPrimitives.ConvertToHalf(numbers, MemoryMarshal.Cast<byte, Half>(target)); break;
            case TensorType.BF16:
                var brains = MemoryMarshal.Cast<byte, ushort>(target);
                for (var i = 0; i < numbers.Length; i++) brains[i] = ToBrain(numbers[i]);
                break;
            default: throw Unsupported(type);
        }
    }

    /// <summary>The nearest BF16, ties to the even one; what is not a number stays none.</summary>
    public static ushort ToBrain(float number)
    {
        var bits = BitConverter.SingleToUInt32Bits(number);
        return float.IsNaN(number) ? (ushort)(bits >> 16 | 0x40) : (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }

    public static float FromBrain(ushort brain) => BitConverter.UInt32BitsToSingle((uint)brain << 16);

    // A BF16 is the upper half of the F32 with the same value.
    private static void Brains(ReadOnlySpan<ushort> source, Span<float> target)
    {
        var bits = MemoryMarshal.Cast<float, uint>(target);
        for (var i = 0; i < source.Length; i++) bits[i] = (uint)source[i] << 16;
    }

    private static EngineException Unsupported(TensorType type) => new(EngineFault.BadCheckpoint, $"Weights of type {type} are not supported; expected F32, F16 or BF16.");
}
