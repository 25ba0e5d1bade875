using System.Globalization;
using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Sessions;

/// <summary>The memory of a card now, in bytes.</summary>
/// <param name="Total">All of it.</param>
/// <param name="Free">What nobody has taken.</param>
/// <param name="Ours">What this process has taken; null where the driver does not say, as in most containers.</param>
internal sealed record CardMemory(long Total, long Free, long? Ours)
{
    private const int MostProcesses = 64;

    // Asked once: a driver does not come while a program runs.
    private static readonly Lazy<bool> IsThere = new(() => NativeLibrary.TryLoad(Nvml.Library, out _) && Nvml.Init() == 0);

    /// <summary>What other programs have taken; null where ours is not known.</summary>
    public long? Others => Ours is { } ours ? Math.Max(0, Total - Free - ours) : null;

    /// <summary>One sentence for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"The card has {Total >> 20:N0} MiB, {Free >> 20:N0} MiB of them free{(Others is { } others ? $" and {others >> 20:N0} MiB taken by other programs" : "")}.");

    /// <summary>Reads it. Null on the processor, and where there is no driver or it does not know the card.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda:N</c>.</param>
    public static unsafe CardMemory? Of(string device)
    {
        if (!device.StartsWith(OnnxSettings.Cuda, StringComparison.Ordinal) || !IsThere.Value) return null;
        if (IndexOf(OnnxSettings.CardOf(device), Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES")) is not { } index) return null;
        if (Nvml.DeviceByIndex(index, out var handle) != 0 || Nvml.MemoryInfo(handle, out var memory) != 0) return null;
        var processes = stackalloc Nvml.DeviceProcess[MostProcesses];
        var count = (uint)MostProcesses;
        var isKnown = Nvml.RunningProcesses(handle, ref count, processes) == 0;
        return new CardMemory((long)memory.Total, (long)memory.Free, isKnown ? Mine(new ReadOnlySpan<Nvml.DeviceProcess>(processes, (int)count)) : null);
    }

    /// <summary>The card's number for the driver: CUDA counts only the visible ones, in their order. Null where they are named otherwise than by numbers.</summary>
    /// <remarks>Where the cards of one machine differ, CUDA counts the fastest first unless CUDA_DEVICE_ORDER is PCI_BUS_ID, which the driver's numbers follow.</remarks>
    /// <param name="card">N of <c>cuda:N</c>.</param>
    /// <param name="visible">CUDA_VISIBLE_DEVICES.</param>
    internal static uint? IndexOf(int card, string? visible)
    {
        if (string.IsNullOrWhiteSpace(visible)) return (uint)card;
        var cards = visible.Split(',', StringSplitOptions.TrimEntries);
        return card < cards.Length && uint.TryParse(cards[card], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    private static long? Mine(ReadOnlySpan<Nvml.DeviceProcess> processes)
    {
        foreach (var process in processes)
            if (process.ProcessId == (uint)Environment.ProcessId) return process.UsedBytes == Nvml.NotAvailable ? null : (long)process.UsedBytes;
        return null;
    }
}
