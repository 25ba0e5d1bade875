using System.Globalization;

namespace GlmStudio.Web.Engines;

/// <summary>What the machine has left, read from <c>/proc</c>: no native library is asked, so none can hang or be missing.</summary>
internal static class MachineFacts
{
    /// <summary>Bytes that could still be taken: what the machine has available, within what a container allows this process.</summary>
    public static long FreeMemory()
    {
        var allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        var available = File.Exists("/proc/meminfo") ? Available(File.ReadLines("/proc/meminfo")) : null;
        return Math.Max(0, Math.Min(allowed, available ?? allowed));
    }

    /// <summary>proc_meminfo(5): "MemAvailable:   12345 kB".</summary>
    internal static long? Available(IEnumerable<string> lines) =>
        lines.FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..]
        && long.TryParse(kilobytes, CultureInfo.InvariantCulture, out var count) ? count << 10 : null;

    /// <summary>Names of the graphics cards; the driver keeps one folder each with a line "Model: …".</summary>
    public static List<string> Cards(string folder = "/proc/driver/nvidia/gpus")
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(d => Model(Path.Combine(d, "information"))).OfType<string>()] : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Model(string file) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(l => l.StartsWith("Model:", StringComparison.Ordinal)) is { } line ? line["Model:".Length..].Trim() : null;
}
