using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GlmStudio.Engine.Images;

/// <summary>Resizing that equals Pillow's <c>Image.resize(size, Image.BICUBIC)</c> of an RGB picture, or torchvision's of a byte tensor, in every bit.</summary>
/// <remarks>Two passes, first along rows, then along columns, rounded to a byte in between: GLM's reference pipeline does the same, and a float
/// path or another order differs visibly at sharp edges.</remarks>
public static class ImageResize
{
    private const int RowsPerTask = 32;

    /// <summary>Resizes with the antialiased bicubic filter.</summary>
    /// <param name="image">The picture; it is returned itself where it has the wanted size.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <param name="reference">Whose rounding to repeat.</param>
    public static RgbImage Bicubic(RgbImage image, int width, int height, ResizeReference reference = ResizeReference.Pillow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var vertical = new ResampleWeights(image.Height, height, reference);
        var (pixels, top) = (image.Pixels, 0);
        if (width != image.Width) (pixels, top) = ResizeRows(image, width, vertical, reference);
        if (height != image.Height) pixels = ResizeColumns(pixels, width * 3, top, vertical);
        return ReferenceEquals(pixels, image.Pixels) ? image : new RgbImage(width, height, pixels);
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
    private static (byte[] Pixels, int Top) ResizeRows(RgbImage image, int width, ResampleWeights vertical, ResizeReference reference)
    {
        var weights = new ResampleWeights(image.Width, width, reference);
        var (lastFirst, lastCount) = vertical.Window(vertical.Length - 1);
        int top = vertical.Window(0).First, rows = lastFirst + lastCount - top;
        var result = RgbImage.Allocate(width, rows);
        InParallel(rows, (from, to) =>
        {
            var pairs = new Vector256<int>[image.Width];
            for (var y = from; y < to; y += 2)
            {
                var second = Math.Min(y + 1, to - 1);   // an odd last row is computed as both of its pair
                Widen(image.Row(top + y), image.Row(top + second), pairs);
                ResizePair(pairs, weights, result.AsSpan(y * width * 3, width * 3), result.AsSpan(second * width * 3, width * 3));
            }
        });
        return (result, top);
    }

    // Two pixels of two rows, one above the other, as eight ints: R G B 0 R G B 0.
    private static void Widen(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<Vector256<int>> pairs)
    {
        for (int x = 0, i = 0; x < pairs.Length; x++, i += 3)
            pairs[x] = Vector256.Create(upper[i], upper[i + 1], upper[i + 2], 0, lower[i], lower[i + 1], lower[i + 2], 0);
    }

    private static void ResizePair(ReadOnlySpan<Vector256<int>> pairs, ResampleWeights weights, Span<byte> upper, Span<byte> lower)
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

    private static byte[] ResizeColumns(byte[] source, int stride, int top, ResampleWeights weights)
    {
        var result = GC.AllocateUninitializedArray<byte>(checked(stride * weights.Length));
        InParallel(weights.Length, (from, to) =>
        {
            for (var y = from; y < to; y++)
            {
                var (first, count) = weights.Window(y);
                MixRows(source.AsSpan((first - top) * stride, count * stride), weights.Weights(y), weights.Precision, result.AsSpan(y * stride, stride));
            }
        });
        return result;
    }

    private static void MixRows(ReadOnlySpan<byte> rows, ReadOnlySpan<int> weights, int precision, Span<byte> target)
    {
        var x = 0;
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

    private static void InParallel(int rows, Action<int, int> work)
    {
        var tasks = (rows + RowsPerTask - 1) / RowsPerTask;
        if (tasks <= 1) work(0, rows);
        else Parallel.For(0, tasks, t => work(t * RowsPerTask, Math.Min(rows, (t + 1) * RowsPerTask)));
    }
}
