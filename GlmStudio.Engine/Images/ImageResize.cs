using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GlmStudio.Engine.Images;

/// <summary>Resizing that equals Pillow's <c>Image.resize(size, Image.BICUBIC)</c> of an RGB picture, or torchvision's of a byte tensor, in every bit.</summary>
/// <remarks>Two passes, first along rows, then along columns, rounded to a byte in between: GLM's reference pipeline does the same, and a float
/// path or another order differs visibly at sharp edges.</remarks>
public static class ImageResize
{
    private const int RowsPerBand = 32;

    /// <summary>Resizes with the antialiased bicubic filter.</summary>
    /// <param name="image">The picture; it is returned itself where it has the wanted size.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <param name="reference">Whose rounding to repeat.</param>
    public static RgbImage Bicubic(RgbImage image, int width, int height, ResizeReference reference = ResizeReference.Pillow)
    {
        if ((width, height) == (image.Width, image.Height)) return image;
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var result = RgbImage.Allocate(width, height);
        InBands(image, width, height, RowsPerBand, reference, (top, rows) => rows.CopyTo(result.AsSpan(top * width * 3)));
        return new RgbImage(width, height, result);
    }

    /// <summary>The same, but the result is handed out in bands of rows while the processor still has them at hand, several beside each other, and kept nowhere.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <param name="rows">Rows of a band; the last may have fewer.</param>
    /// <param name="reference">Whose rounding to repeat.</param>
    /// <param name="take">Told a band's first row and its pixels.</param>
    internal static void InBands(RgbImage image, int width, int height, int rows, ResizeReference reference, Action<int, ReadOnlySpan<byte>> take)
    {
        var across = width == image.Width ? null : new ResampleWeights(image.Width, width, reference);
        var down = height == image.Height ? null : new ResampleWeights(image.Height, height, reference);
        var bands = (height + rows - 1) / rows;
        if (bands == 1) ResizeBand(image, across, down, (0, height), take);
        else Parallel.For(0, bands, band => ResizeBand(image, across, down, (band * rows, Math.Min(height, (band + 1) * rows)), take));
    }

    /// <summary>Reduces a picture, proportions kept, until its longest side is at most <paramref name="maxSide"/>; never enlarges.</summary>
    public static RgbImage Fit(RgbImage image, int maxSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        var scale = (double)maxSide / Math.Max(image.Width, image.Height);
        return scale >= 1 ? image : Bicubic(image, Scaled(image.Width), Scaled(image.Height));

        int Scaled(int side) => Math.Max(1, (int)Math.Round(side * scale));
    }

    // Only the rows that the second pass will look at.
    private static void ResizeBand(RgbImage image, ResampleWeights? across, ResampleWeights? down, (int From, int To) rows, Action<int, ReadOnlySpan<byte>> take)
    {
        var (top, end) = down is null ? rows : (down.Window(rows.From).First, down.Window(rows.To - 1) is var last ? last.First + last.Count : 0);
        var pixels = image.Pixels.AsSpan(top * image.Width * 3, (end - top) * image.Width * 3);
        byte[] wide = [], mixed = [];
        var stride = (across?.Length ?? image.Width) * 3;
        if (across is not null)
        {
            wide = ArrayPool<byte>.Shared.Rent(checked((end - top) * stride));
            ResizeRows(pixels, image.Width * 3, across, wide.AsSpan(0, (end - top) * stride));
            pixels = wide.AsSpan(0, (end - top) * stride);
        }
        if (down is not null)
        {
            mixed = ArrayPool<byte>.Shared.Rent(checked((rows.To - rows.From) * stride));
            for (var y = rows.From; y < rows.To; y++)
            {
                var (first, count) = down.Window(y);
                MixRows(pixels.Slice((first - top) * stride, count * stride), down, y, mixed.AsSpan((y - rows.From) * stride, stride));
            }
            pixels = mixed.AsSpan(0, (rows.To - rows.From) * stride);
        }
        take(rows.From, pixels);
        ArrayPool<byte>.Shared.Return(wide);
        ArrayPool<byte>.Shared.Return(mixed);
    }

    // Two rows at a time; an odd last one is computed as both of its pair.
    private static void ResizeRows(ReadOnlySpan<byte> source, int sourceStride, ResampleWeights weights, Span<byte> target)
    {
        var (isPaired, stride, width) = (weights.HasPairs && PairedResize.IsSupported, weights.Length * 3, sourceStride / 3);
        var bytes = isPaired ? ArrayPool<Vector128<byte>>.Shared.Rent(width) : [];
        var ints = isPaired ? [] : ArrayPool<Vector256<int>>.Shared.Rent(width);
        var rows = source.Length / sourceStride;
        for (var y = 0; y < rows; y += 2)
        {
            var second = Math.Min(y + 1, rows - 1);
            ReadOnlySpan<byte> upper = source.Slice(y * sourceStride, sourceStride), lower = source.Slice(second * sourceStride, sourceStride);
            Span<byte> upperTarget = target.Slice(y * stride, stride), lowerTarget = target.Slice(second * stride, stride);
            if (isPaired)
            {
                PairedResize.Pair(upper, lower, bytes.AsSpan(0, width));
                PairedResize.MixPixels(bytes, weights, upperTarget, lowerTarget);
            }
            else
            {
                Widen(upper, lower, ints.AsSpan(0, width));
                MixPixels(ints, weights, upperTarget, lowerTarget);
            }
        }
        ArrayPool<Vector128<byte>>.Shared.Return(bytes);
        ArrayPool<Vector256<int>>.Shared.Return(ints);
    }

    // Two pixels of two rows, one above the other, as eight ints: R G B 0 R G B 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<Vector256<int>> pairs)
    {
        for (int x = 0, i = 0; x < pairs.Length; x++, i += 3)
            pairs[x] = Vector256.Create(upper[i], upper[i + 1], upper[i + 2], 0, lower[i], lower[i + 1], lower[i + 2], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixPixels(ReadOnlySpan<Vector256<int>> pairs, ResampleWeights weights, Span<byte> upper, Span<byte> lower)
    {
        for (int x = 0, o = 0; x < weights.Length; x++, o += 3)
        {
            var (first, count) = weights.Window(x);
            var window = pairs.Slice(first, count);
            var factors = weights.Weights(x);
            var sum = Vector256.Create(Half(weights.Precision));
            for (var i = 0; i < factors.Length; i++) sum += window[i] * factors[i];
            var pixel = Clip(sum, weights.Precision);
            (upper[o], upper[o + 1], upper[o + 2]) = ((byte)pixel[0], (byte)pixel[1], (byte)pixel[2]);
            (lower[o], lower[o + 1], lower[o + 2]) = ((byte)pixel[4], (byte)pixel[5], (byte)pixel[6]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixRows(ReadOnlySpan<byte> rows, ResampleWeights resample, int y, Span<byte> target)
    {
        var weights = resample.Weights(y);
        var precision = resample.Precision;
        var x = resample.HasPairs && PairedResize.IsSupported ? PairedResize.MixRows(rows, resample.Pairs(y), weights.Length, precision, target) : 0;
        for (; x + Vector256<byte>.Count <= target.Length; x += Vector256<byte>.Count)
        {
            Vector256<int> a = Vector256.Create(Half(precision)), b = a, c = a, d = a;
            for (int i = 0, at = x; i < weights.Length; i++, at += target.Length)
            {
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(in MemoryMarshal.GetReference(rows), (nuint)at));
                var ((p, q), (r, s)) = (Vector256.Widen(low), Vector256.Widen(high));
                a += p.AsInt32() * weights[i];
                b += q.AsInt32() * weights[i];
                c += r.AsInt32() * weights[i];
                d += s.AsInt32() * weights[i];
            }
            Vector256.Narrow(Narrow(a, b, precision), Narrow(c, d, precision)).CopyTo(target[x..]);
        }
        for (; x < target.Length; x++)
        {
            var sum = Half(precision);
            for (int i = 0, at = x; i < weights.Length; i++, at += target.Length) sum += rows[at] * weights[i];
            target[x] = (byte)Math.Clamp(sum >> precision, 0, 255);
        }
    }

    private static Vector256<ushort> Narrow(Vector256<int> low, Vector256<int> high, int precision) =>
        Vector256.Narrow(Clip(low, precision).AsUInt32(), Clip(high, precision).AsUInt32());

    private static Vector256<int> Clip(Vector256<int> sum, int precision) => Vector256.Clamp(sum >> precision, Vector256<int>.Zero, Vector256.Create(255));

    // Rounds to nearest when the fraction is shifted away.
    private static int Half(int precision) => 1 << (precision - 1);
}
