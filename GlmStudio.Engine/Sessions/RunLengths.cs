using System.Runtime.InteropServices;
using GlmStudio.Engine.Kernels;

namespace GlmStudio.Engine.Sessions;

/// <summary>How many rows runs on a card have. Since compute capability 9 the runtime lets cuDNN plan its attention for each number of rows anew, which takes longer than the run itself
/// (docs/performance.md), and keeps the plan for good. So rows that nobody asked for fill up to one of a few lengths, until as much has been computed for nothing as a plan takes.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
/// <param name="worth">Rows that take as long as a plan.</param>
/// <param name="small">Rows up to which a run takes about as long as one of a few: the card waits for its kernels to be handed over. Such runs have fewer lengths still, and none of their own.</param>
internal sealed class RunLengths(int worth, int small = 0)
{
    /// <summary>Most lengths with plans of their own.</summary>
    public const int Most = 64;

    // Lengths are multiples of it: a picture's patches come in squares of four.
    private const int Unit = 8;

    private const int FirstPlanned = 90;
    private const string Switch = "ORT_ENABLE_CUDNN_FLASH_ATTENTION";

    // As it is installed to run programs, and to build them.
    private static readonly string[] Planners = ["libcudnn.so.9", "libcudnn.so"];

    // Of what comes seldom nothing is remembered for good.
    private const int MostSeen = 4096;

    // Measured with GLM-4.6V-Flash on an H200: plans take 60 to 85 ms, a row of the decoder 0.03, one of the tower 0.005.
    private const int WorthOfText = 2048, WorthOfVision = 12_288;

    // There too: the tower takes 5.0 ms for 64 patches, 6.0 for 768, 6.4 for 1,036.
    private const int SmallForVision = 1024;

    private readonly Dictionary<int, long> _wasted = [];
    private readonly HashSet<int> _own = [];

    /// <summary>Those of a decoder; null where attention takes any length as it is.</summary>
    public static RunLengths? ForText(OnnxSettings settings) => ArePlanned(settings) ? new RunLengths(WorthOfText) : null;

    /// <summary>Those of a vision tower; null where attention takes any length as it is.</summary>
    public static RunLengths? ForVision(OnnxSettings settings) => ArePlanned(settings) ? new RunLengths(WorthOfVision, SmallForVision) : null;

    /// <summary>Rows of a run.</summary>
    /// <param name="wanted">Rows that are wanted.</param>
    /// <param name="times">How often: a run of several images has them each.</param>
    public int Of(int wanted, int times = 1)
    {
        if (_own.Contains(wanted)) return wanted;
        var filled = Filled(wanted);
        if (filled == wanted || wanted <= small || _own.Count == Most) return filled;
        if (_wasted.Count == MostSeen) _wasted.Clear();
        var wasted = _wasted[wanted] = _wasted.GetValueOrDefault(wanted) + (long)times * (filled - wanted);
        if (wasted <= worth) return filled;
        _wasted.Remove(wanted);
        _own.Add(wanted);
        return wanted;
    }

    /// <summary>The next of a few lengths: at most sixteen between a power of two and the next, four where they are small.</summary>
    internal int Filled(int wanted)
    {
        var step = Math.Max(Unit, (1 << int.Log2(Math.Max(1, wanted))) / (wanted <= small ? 4 : 16));
        return (wanted + step - 1) / step * step;
    }

    private static bool ArePlanned(OnnxSettings settings) => settings.IsCard
        && ArePlanned(CudaRuntime.Capability(settings.Card), Environment.GetEnvironmentVariable(Switch), name => NativeLibrary.TryLoad(name, out _));

    /// <summary>Whether the runtime has plans made.</summary>
    /// <param name="capability">The card's compute capability, 90 for 9.0.</param>
    /// <param name="setting">What the runtime's own switch says; null: nothing.</param>
    /// <param name="loads">Whether a library is found and can be loaded.</param>
    internal static bool ArePlanned(int? capability, string? setting, Func<string, bool> loads) => capability >= FirstPlanned && setting != "0" && Planners.Any(loads);
}
