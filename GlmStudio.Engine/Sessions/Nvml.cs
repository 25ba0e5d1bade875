using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Sessions;

/// <summary>NVIDIA's management library, which comes with the driver. Names and layouts: nvml.h of CUDA 13. Every function returns 0 where it worked.</summary>
internal static unsafe partial class Nvml
{
    public const string Library = "libnvidia-ml.so.1";

    /// <summary>In place of a number of bytes that the driver does not tell.</summary>
    public const ulong NotAvailable = ulong.MaxValue;

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    public static partial int Init();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    public static partial int DeviceByIndex(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    public static partial int MemoryInfo(nint device, out DeviceMemory memory);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetComputeRunningProcesses_v3")]
    public static partial int RunningProcesses(nint device, ref uint count, DeviceProcess* processes);

    [StructLayout(LayoutKind.Sequential)]
    public struct DeviceMemory
    {
        public ulong Total, Free, Used;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct DeviceProcess
    {
        public uint ProcessId;
        public ulong UsedBytes;
        public uint GpuInstance, ComputeInstance;
    }
}
