using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Sessions;

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

    [LibraryImport(Library, EntryPoint = "cudaGetErrorString")]
    public static partial byte* ErrorText(int error);
}
