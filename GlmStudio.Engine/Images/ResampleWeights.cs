namespace GlmStudio.Engine.Images;

/// <summary>For every output position along one axis: which input positions it is mixed of and how much of each, in 22-bit fixed point.</summary>
/// <remarks>Pillow's <c>precompute_coeffs</c> with the Keys cubic, a = −0.5, widened by the scale when reducing (antialiasing). Weights are normalised
/// in double before they are rounded; the order of operations matters for equality in the last bit.</remarks>
internal sealed class ResampleWeights
{
    /// <summary>Fraction bits: 32 less 8 of the pixel less 2 of head room for the cubic's overshoot.</summary>
    public const int Precision = 32 - 8 - 2;

    private const double A = -0.5;
    private readonly int _stride;
    private readonly int[] _weights;
    private readonly (int First, int Count)[] _windows;

    public ResampleWeights(int input, int output)
    {
        double scale = (double)input / output, filterScale = Math.Max(scale, 1.0), support = 2.0 * filterScale;
        _stride = (int)Math.Ceiling(support) * 2 + 1;
        _weights = new int[output * _stride];
        _windows = new (int, int)[output];
        var window = new double[_stride];
        for (var x = 0; x < output; x++)
        {
            var center = (x + 0.5) * scale;
            var first = Math.Max(0, (int)(center - support + 0.5));
            var count = Math.Min(input, (int)(center + support + 0.5)) - first;
            Fill(window.AsSpan(0, count), first, center, 1.0 / filterScale);
            for (var i = 0; i < count; i++) _weights[x * _stride + i] = Fix(window[i]);
            _windows[x] = (first, count);
        }
    }

    /// <summary>Number of output positions.</summary>
    public int Length => _windows.Length;

    /// <summary>The input positions of an output position.</summary>
    public (int First, int Count) Window(int output) => _windows[output];

    /// <summary>The weights of an output position, one for each input position of its window.</summary>
    public ReadOnlySpan<int> Weights(int output) => _weights.AsSpan(output * _stride, _windows[output].Count);

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

    private static int Fix(double weight) => (int)(weight * (1 << Precision) + (weight < 0 ? -0.5 : 0.5));
}
