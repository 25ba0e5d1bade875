using System.Globalization;
using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Sessions;

/// <summary>A run found no memory. What it worked on is as before: with less at once it may be tried again.</summary>
internal sealed partial class MemoryShortageException(string message, long? bytes, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Bytes of the allocation that failed, where the runtime names them.</summary>
    public long? Bytes { get; } = bytes;

    /// <summary>What was missing, in words that end a sentence.</summary>
    public string Missing => Bytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes >> 20):N0} MiB more were needed") : "the memory was used up";

    /// <summary>The fault as a shortage of memory; null where it is another.</summary>
    public static MemoryShortageException? Of(Exception fault) => fault switch
    {
        MemoryShortageException known => known,
        OutOfMemoryException => new MemoryShortageException(fault.Message, null, fault),
        _ => Wording().IsMatch(fault.Message) ? new MemoryShortageException(fault.Message, BytesIn(fault.Message), fault) : null,
    };

    // ONNX Runtime throws one type for everything. Its arena says the first two, cudaMalloc the third, cuBLAS the fourth, the processor's allocator the last.
    [GeneratedRegex("Failed to allocate memory|smaller than requested bytes|out of memory|ALLOC_FAILED|bad_alloc|bad allocation", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Wording();

    [GeneratedRegex("(?:requested buffer of size|requested bytes of) ([0-9]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    private static long? BytesIn(string message) =>
        Size().Match(message) is { Success: true } match && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
}
