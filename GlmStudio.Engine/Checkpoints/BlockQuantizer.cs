using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace GlmStudio.Engine.Checkpoints;

/// <summary>Numbers → codes, block by block: of several scales and zero points the one with the smallest squared error is taken.</summary>
/// <param name="format">Bits and block size.</param>
/// <param name="scaleType">Type in which scales are stored: codes are chosen for the scale as it is stored.</param>
internal sealed class BlockQuantizer(QuantizedFormat format, TensorType scaleType)
{
    // Cutting off the ends of a block's range makes its steps finer; with 255 steps there is nothing to gain.
    private static readonly float[] Cuts = [1, 0.95f, 0.9f, 0.85f, 0.8f], Whole = [1];

    private readonly float[] _block = new float[format.Block];
    private readonly int _most = (1 << format.Bits) - 1;

    /// <summary>Quantizes one row.</summary>
    /// <param name="row">Finite numbers.</param>
    /// <param name="codes">Codes, packed; filled up to whole blocks.</param>
    /// <param name="scales">One a block, as they are stored.</param>
    /// <param name="zeros">Zero points, packed.</param>
    /// <returns>Whether every number was finite: nothing is written of a block with others.</returns>
    public bool Quantize(ReadOnlySpan<float> row, Span<byte> codes, Span<float> scales, Span<byte> zeros)
    {
        zeros.Clear();
        for (var block = 0; block < scales.Length; block++)
        {
            var part = row[(block * format.Block)..Math.Min(row.Length, (block + 1) * format.Block)];
            part.CopyTo(_block);
            _block.AsSpan(part.Length).Clear();
            var (low, high) = (TensorPrimitives.Min<float>(_block), TensorPrimitives.Max<float>(_block));
            if (!float.IsFinite(low) || !float.IsFinite(high)) return false;
            var (scale, zero) = Best(low, high);
            scales[block] = scale;
            if (format.Bits == 8) zeros[block] = (byte)zero;
            else zeros[block / 2] |= (byte)(zero << (4 * (block & 1)));
            Encode(scale, zero, codes.Slice(block * format.BlockBytes, format.BlockBytes));
        }
        return true;
    }

    private (float Scale, int Zero) Best(float low, float high)
    {
        var middle = (_most + 1) / 2;
        // Symmetric: the number farthest from zero becomes the code 0 exactly, even if the scale is negative for it.
        var best = (Scale: Stored((high > -low ? high : low) / -middle), Zero: middle);
        var least = Error(best.Scale, best.Zero);
        // Not symmetric: the whole range from the least to the greatest, zero always within it.
        var (from, to) = (Math.Min(low, 0), Math.Max(high, 0));
        foreach (var cut in format.Bits == 8 ? Whole : Cuts)
        {
            var scale = Stored((to - from) * cut / _most);
            if (!float.IsFinite(1 / scale)) continue;
            var zero = (int)Math.Clamp(MathF.Round(-from * cut / scale), 0, _most);
            if (Error(scale, zero) is var error && error < least) (best, least) = ((scale, zero), error);
        }
        return best;
    }

    private float Error(float scale, int zero)
    {
        var inverse = Inverse(scale);
        var (sum, offset, most) = (Vector256<float>.Zero, Vector256.Create((float)zero), Vector256.Create((float)_most));
        for (var i = 0; i < _block.Length; i += Vector256<float>.Count)
        {
            var numbers = Vector256.Create(_block.AsSpan(i));
            var codes = Vector256.Clamp(Vector256.Round(numbers * inverse + offset), Vector256<float>.Zero, most);
            var difference = numbers - (codes - offset) * scale;
            sum += difference * difference;
        }
        return Vector256.Sum(sum);
    }

    private void Encode(float scale, int zero, Span<byte> target)
    {
        var inverse = Inverse(scale);
        for (var i = 0; i < _block.Length; i++)
        {
            var code = (byte)Math.Clamp(MathF.Round(_block[i] * inverse + zero), 0, _most);
            if (format.Bits == 8) target[i] = code;
            else if ((i & 1) == 0) target[i / 2] = code;
            else target[i / 2] |= (byte)(code << 4);
        }
    }

    // Where a scale is too small for its type, every number is stored as zero.
    private static float Inverse(float scale) => float.IsFinite(1 / scale) ? 1 / scale : 0;

    private float Stored(float scale) => scaleType switch
    {
        TensorType.F16 => (float)(Half)scale,
        TensorType.BF16 => TensorConversion.FromBrain(TensorConversion.ToBrain(scale)),
        _ => scale,
    };
}
