using System.Diagnostics;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Highest resident memory of this process from its creation on.</summary>
internal sealed class MemoryPeak
{
    private readonly long _before = LifetimePeak();
    private long _peak;

    /// <summary>Looks again and returns the highest value so far. The system's lifetime peak (VmHWM) is exact where it rose since the start;
    /// where an earlier peak hides it, what was resident at each look counts.</summary>
    public long Sample()
    {
        var lifetime = LifetimePeak();
        return _peak = Math.Max(_peak, lifetime > _before ? lifetime : Environment.WorkingSet);
    }

    private static long LifetimePeak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
