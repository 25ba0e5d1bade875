using System.Globalization;
using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Kernels;

/// <summary>CUDA's runtime, of which ONNX Runtime's provider is a user too. Names: cuda_runtime_api.h of CUDA 13. Every function returns 0 where it worked.</summary>
internal static unsafe partial class CudaRuntime
{
    public const string Library = "libcudart.so.13";

    /// <summary>A stream that does not wait for the default stream.</summary>
    public const uint NonBlocking = 1;

    /// <summary>The direction of a copy follows from the addresses.</summary>
    public const int AnyDirection = 4;

    [LibraryImport(Library, EntryPoint = "cudaSetDevice")]
    public static partial int SetDevice(int card);

    [LibraryImport(Library, EntryPoint = "cudaMemGetInfo")]
    public static partial int MemoryInfo(out nuint free, out nuint total);

    [LibraryImport(Library, EntryPoint = "cudaDeviceGetAttribute")]
    public static partial int DeviceAttribute(out int value, int attribute, int card);

    [LibraryImport(Library, EntryPoint = "cudaMalloc")]
    public static partial int Allocate(out nint address, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cudaFree")]
    public static partial int Free(nint address);

    [LibraryImport(Library, EntryPoint = "cudaMallocHost")]
    public static partial int AllocateHost(out nint address, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cudaFreeHost")]
    public static partial int FreeHost(nint address);

    [LibraryImport(Library, EntryPoint = "cudaMemcpyAsync")]
    public static partial int Copy(nint target, nint source, nuint bytes, int direction, nint stream);

    [LibraryImport(Library, EntryPoint = "cudaMemsetAsync")]
    public static partial int Fill(nint address, int value, nuint bytes, nint stream);

    [LibraryImport(Library, EntryPoint = "cudaStreamCreateWithFlags")]
    public static partial int CreateStream(out nint stream, uint flags);

    [LibraryImport(Library, EntryPoint = "cudaStreamSynchronize")]
    public static partial int Synchronize(nint stream);

    [LibraryImport(Library, EntryPoint = "cudaStreamDestroy")]
    public static partial int DestroyStream(nint stream);

    /// <summary>An event that takes no time down: waiting for it is quicker then.</summary>
    public const uint WithoutTimes = 2;

    [LibraryImport(Library, EntryPoint = "cudaEventCreateWithFlags")]
    public static partial int CreateEvent(out nint happening, uint flags);

    [LibraryImport(Library, EntryPoint = "cudaEventRecord")]
    public static partial int RecordEvent(nint happening, nint stream);

    [LibraryImport(Library, EntryPoint = "cudaEventSynchronize")]
    public static partial int SynchronizeEvent(nint happening);

    [LibraryImport(Library, EntryPoint = "cudaEventDestroy")]
    public static partial int DestroyEvent(nint happening);

    [LibraryImport(Library, EntryPoint = "cudaGetErrorString")]
    public static partial byte* ErrorText(int error);

    /// <summary>What is put on the stream from now on is recorded and not done. Mode 1: the work of other threads goes on as ever.</summary>
    [LibraryImport(Library, EntryPoint = "cudaStreamBeginCapture")]
    public static partial int BeginRecording(nint stream, int mode);

    [LibraryImport(Library, EntryPoint = "cudaStreamEndCapture")]
    public static partial int EndRecording(nint stream, out nint graph);

    [LibraryImport(Library, EntryPoint = "cudaGraphInstantiate")]
    public static partial int Instantiate(out nint executable, nint graph, ulong flags);

    [LibraryImport(Library, EntryPoint = "cudaGraphLaunch")]
    public static partial int Play(nint executable, nint stream);

    [LibraryImport(Library, EntryPoint = "cudaGraphExecDestroy")]
    public static partial int DestroyExecutable(nint executable);

    [LibraryImport(Library, EntryPoint = "cudaGraphDestroy")]
    public static partial int DestroyGraph(nint graph);

    /// <summary>Memory of the thread's current card.</summary>
    /// <exception cref="InvalidOperationException">There is none, in ONNX Runtime's words, so that both are understood as a shortage.</exception>
    public static nint Take(long bytes)
    {
        var status = Allocate(out var address, (nuint)bytes);
        return status == 0 ? address : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Failed to allocate memory for requested buffer of size {bytes}: {Text(status)}"));
    }

    /// <summary>Throws what CUDA says of a status.</summary>
    public static void Check(int status)
    {
        if (status != 0) throw new InvalidOperationException($"CUDA: {Text(status)}");
    }

    /// <summary>Bytes that so many take where others follow them: CUDA aligns its own allocations likewise.</summary>
    public static long Room(long bytes)
    {
        const long Alignment = 256;
        return (bytes + Alignment - 1) / Alignment * Alignment;
    }

    /// <summary>What CUDA says of a status.</summary>
    public static string Text(int status) => Marshal.PtrToStringUTF8((nint)ErrorText(status)) ?? "unknown error";

    /// <summary>Compute capability of a card, 90 for 9.0; null where nothing says.</summary>
    public static int? Capability(int card)
    {
        const int Major = 75, Minor = 76; // cudaDevAttrComputeCapabilityMajor, …Minor
        return NativeLibrary.TryLoad(Library, out _) && DeviceAttribute(out var major, Major, card) == 0 && DeviceAttribute(out var minor, Minor, card) == 0 ? 10 * major + minor : null;
    }
}
