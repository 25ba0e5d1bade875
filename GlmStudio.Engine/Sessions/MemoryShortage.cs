using System.Globalization;
using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Sessions;

/// <summary>A run found no memory. What it worked on is as before: with less at once it may be tried again.</summary>
/// <param name="Bytes">Of the allocation that failed, where the runtime names them.</param>
internal sealed partial record MemoryShortage(long? Bytes)
{
    /// <summary>What was missing, in words that end a sentence.</summary>
    public string Missing => Bytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes >> 20):N0} MiB more were needed") : "the memory was used up";

    /// <summary>The fault as a shortage of memory; null where it is another.</summary>
    public static MemoryShortage? Of(Exception fault) =>
        fault is OutOfMemoryException ? new MemoryShortage(Bytes: null) : Wording().IsMatch(fault.Message) ? new MemoryShortage(BytesIn(fault.Message)) : null;

    // ONNX Runtime throws one type for everything. Its arena says the first two, cudaMalloc the third, cuBLAS the fourth, the processor's allocator the last.
    [GeneratedRegex("Failed to allocate memory|smaller than requested bytes|out of memory|ALLOC_FAILED|bad_alloc|bad allocation", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Wording();

    [GeneratedRegex("(?:requested buffer of size|requested bytes of) ([0-9]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    private static long? BytesIn(string message) =>
        Size().Match(message) is { Success: true } match && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
}
