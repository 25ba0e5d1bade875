using System.Runtime.CompilerServices;

namespace GlmStudio.Engine.Images;

/// <summary>For every output position along one axis: which input positions it is mixed of and how much of each, in fixed point.</summary>
/// <remarks>Pillow's <c>precompute_coeffs</c> with the Keys cubic, a = −0.5, widened by the scale when reducing (antialiasing). Weights are normalised
/// in double before they are rounded; the order of operations matters for equality in the last bit.</remarks>
internal sealed class ResampleWeights
{
    // Pillow's fraction bits: 32 less 8 of the pixel less 2 of head room for the cubic's overshoot.
    private const int PillowPrecision = 32 - 8 - 2;

    private const double A = -0.5;
    private readonly int _stride;
    private readonly int[] _weights;
    private readonly int[] _pairs;
    private readonly (int First, int Count)[] _windows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ResampleWeights(int input, int output, ResizeReference reference = ResizeReference.Pillow)
    {
        double scale = (double)input / output, filterScale = Math.Max(scale, 1.0), support = 2.0 * filterScale;
        _stride = (int)Math.Ceiling(support) * 2 + 1;
        _weights = new int[output * _stride];
        _windows = new (int, int)[output];
        var exact = new double[_weights.Length];
        for (var x = 0; x < output; x++)
        {
            var center = (x + 0.5) * scale;
            var first = Math.Max(0, (int)(center - support + 0.5));
            var count = Math.Min(input, (int)(center + support + 0.5)) - first;
            Fill(exact.AsSpan(x * _stride, count), first, center, 1.0 / filterScale);
            _windows[x] = (first, count);
        }
        Precision = reference == ResizeReference.Pillow ? PillowPrecision : TorchvisionPrecision(exact.Max());
        for (var i = 0; i < exact.Length; i++) _weights[i] = (int)(exact[i] * (1 << Precision) + (exact[i] < 0 ? -0.5 : 0.5));
        HasPairs = reference == ResizeReference.Torchvision;
        _pairs = HasPairs ? new int[output * PairStride] : [];
        for (var x = 0; HasPairs && x < output; x++) Join(Weights(x), _pairs.AsSpan(x * PairStride, PairStride));
    }

    /// <summary>Whether the weights have 16 bits, so that two are held in one number.</summary>
    public bool HasPairs { get; }

    /// <summary>Fraction bits of the weights.</summary>
    public int Precision { get; }

    /// <summary>Number of output positions.</summary>
    public int Length => _windows.Length;

    /// <summary>The input positions of an output position.</summary>
    public (int First, int Count) Window(int output) => _windows[output];

    /// <summary>The weights of an output position, one for each input position of its window.</summary>
    public ReadOnlySpan<int> Weights(int output) => _weights.AsSpan(output * _stride, _windows[output].Count);

    /// <summary>The same, two in each number, the first in its lower half; beside an odd last one stands 0.</summary>
    public ReadOnlySpan<int> Pairs(int output) => _pairs.AsSpan(output * PairStride, (_windows[output].Count + 1) / 2);

    private int PairStride => (_stride + 1) / 2;

    private static void Join(ReadOnlySpan<int> weights, Span<int> pairs)
    {
        for (var i = 0; i < weights.Length; i++) pairs[i / 2] |= i % 2 == 0 ? (ushort)weights[i] : weights[i] << 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(Span<double> window, int first, double center, double step)
    {
        var sum = 0.0;
        for (var i = 0; i < window.Length; i++)
        {
            window[i] = Cubic((i + first - center + 0.5) * step);
            sum += window[i];
        }
        if (sum == 0) return;
        for (var i = 0; i < window.Length; i++) window[i] /= sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x switch
        {
            < 1 => ((A + 2) * x - (A + 3)) * x * x + 1,
            < 2 => (((x - 5) * x + 8) * x - 4) * A,
            _ => 0,
        };
    }

    // The most bits with which the axis's largest weight still fits 16 bits (ATen, UpSampleKernel, compute_index_ranges_int16_weights).
    private static int TorchvisionPrecision(double largest)
    {
        var bits = 0;
        while (bits < PillowPrecision && (int)(0.5 + largest * (1 << (bits + 1))) < 1 << 15) bits++;
        return bits;
    }
}
