using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GlmStudio.Engine.Images;

/// <summary>The inner loops of the resize for weights of 16 bits: one instruction multiplies two neighbours by their weights and adds both products. The sums are
/// those of <see cref="ImageResize"/>'s own loops, integer for integer.</summary>
/// <remarks>Loops over pixels are compiled with all care from the first call: a server's first pictures should not wait for the runtime to find that they are worth it.</remarks>
internal static class PairedResize
{
    /// <summary>Whether this processor has the instruction.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Two rows at once, one above the other, each pixel beside its right neighbour: R R' G G' B B' 0 0 of the upper, the same of the lower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pair(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<Vector128<byte>> pairs)
    {
        var order = Vector128.Create((byte)0, 3, 1, 4, 2, 5, 255, 255, 8, 11, 9, 12, 10, 13, 255, 255);
        var x = 0;
        for (var i = 0; i + sizeof(ulong) <= upper.Length; x++, i += 3)
            pairs[x] = Ssse3.Shuffle(Vector128.Create(MemoryMarshal.Read<ulong>(upper[i..]), MemoryMarshal.Read<ulong>(lower[i..])).AsByte(), order);
        for (; x < pairs.Length; x++) pairs[x] = Ssse3.Shuffle(Vector128.Create(Rest(upper[(3 * x)..]), Rest(lower[(3 * x)..])).AsByte(), order);
    }

    // Behind the last pixel stands nothing.
    private static ulong Rest(ReadOnlySpan<byte> row)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        row[..Math.Min(6, row.Length)].CopyTo(padded);
        return MemoryMarshal.Read<ulong>(padded);
    }

    /// <summary>Mixes pixels along two rows that stand beside each other in <paramref name="pairs"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MixPixels(ReadOnlySpan<Vector128<byte>> pairs, ResampleWeights weights, Span<byte> upper, Span<byte> lower)
    {
        var (last, o) = (weights.Length - 1, 0);
        for (var x = 0; x < last; x++, o += 3)
        {
            // Four bytes, the last of which the next pixel overwrites.
            var pixel = Mix(pairs, weights, x).AsUInt32();
            MemoryMarshal.Write(upper[o..], pixel[0]);
            MemoryMarshal.Write(lower[o..], pixel[4]);
        }
        var end = Mix(pairs, weights, last);
        for (var i = 0; i < 3; i++) (upper[o + i], lower[o + i]) = (end[i], end[16 + i]);
    }

    // R G B 0 of the upper row in the first bytes of the lower half, those of the lower row in the upper half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Mix(ReadOnlySpan<Vector128<byte>> pairs, ResampleWeights weights, int x)
    {
        var factors = weights.Pairs(x);
        var window = pairs[weights.Window(x).First..];
        var sum = Vector256.Create(1 << (weights.Precision - 1));
        for (var i = 0; i < factors.Length; i++) sum += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(window[2 * i]), Vector256.Create(factors[i]).AsInt16());
        sum >>= weights.Precision;
        var words = Avx2.PackSignedSaturate(sum, sum);
        return Avx2.PackUnsignedSaturate(words, words);
    }

    /// <summary>Mixes whole rows, which lie one after the other.</summary>
    /// <returns>Bytes done: as many as fill whole vectors.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int MixRows(ReadOnlySpan<byte> rows, ReadOnlySpan<int> factors, int count, int precision, Span<byte> target)
    {
        var half = Vector256.Create(1 << (precision - 1));
        var x = 0;
        for (; x + Vector256<byte>.Count <= target.Length; x += Vector256<byte>.Count)
        {
            Vector256<int> a = half, b = half, c = half, d = half;
            for (int i = 0, at = x; i < factors.Length; i++, at += 2 * target.Length)
            {
                var upper = Load(rows, at);
                var lower = 2 * i + 1 < count ? Load(rows, at + target.Length) : Vector256<byte>.Zero;
                var factor = Vector256.Create(factors[i]).AsInt16();
                Vector256<byte> left = Avx2.UnpackLow(upper, lower), right = Avx2.UnpackHigh(upper, lower);
                a += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(left, Vector256<byte>.Zero).AsInt16(), factor);
                b += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(left, Vector256<byte>.Zero).AsInt16(), factor);
                c += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(right, Vector256<byte>.Zero).AsInt16(), factor);
                d += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(right, Vector256<byte>.Zero).AsInt16(), factor);
            }
            Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(a >> precision, b >> precision), Avx2.PackSignedSaturate(c >> precision, d >> precision)).CopyTo(target[x..]);
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Load(ReadOnlySpan<byte> rows, int at) => Vector256.Create(rows.Slice(at, Vector256<byte>.Count));
}
