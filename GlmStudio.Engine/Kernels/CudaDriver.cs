using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Kernels;

/// <summary>CUDA's driver and its compiler, for kernels of our own. Names: cuda.h and nvrtc.h of CUDA 13. Every function returns 0 where it worked.</summary>
internal static unsafe partial class CudaDriver
{
    public const string Library = "libcuda.so.1";
    public const string Compiler = "libnvrtc.so.13";

    [LibraryImport(Library, EntryPoint = "cuCtxGetDevice")]
    public static partial int CurrentDevice(out int device);

    [LibraryImport(Library, EntryPoint = "cuModuleLoadData")]
    public static partial int LoadModule(out nint module, byte* image);

    [LibraryImport(Library, EntryPoint = "cuModuleGetFunction", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FunctionOf(out nint function, nint module, string name);

    [LibraryImport(Library, EntryPoint = "cuFuncSetAttribute")]
    public static partial int SetAttribute(nint function, int attribute, int value);

    [LibraryImport(Library, EntryPoint = "cuLaunchKernelEx")]
    public static partial int Launch(LaunchConfig* config, nint function, void** arguments, void** extra);

    [LibraryImport(Compiler, EntryPoint = "nvrtcCreateProgram", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateProgram(out nint program, string source, string name, int headers, nint headerTexts, nint headerNames);

    [LibraryImport(Compiler, EntryPoint = "nvrtcCompileProgram", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Compile(nint program, int count, [In] string[] options);

    [LibraryImport(Compiler, EntryPoint = "nvrtcGetPTXSize")]
    public static partial int CodeSize(nint program, out nuint size);

    [LibraryImport(Compiler, EntryPoint = "nvrtcGetPTX")]
    public static partial int Code(nint program, byte* code);

    [LibraryImport(Compiler, EntryPoint = "nvrtcGetProgramLogSize")]
    public static partial int LogSize(nint program, out nuint size);

    [LibraryImport(Compiler, EntryPoint = "nvrtcGetProgramLog")]
    public static partial int Log(nint program, byte* log);

    [LibraryImport(Compiler, EntryPoint = "nvrtcDestroyProgram")]
    public static partial int DestroyProgram(ref nint program);
}

/// <summary>CUlaunchConfig.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LaunchConfig
{
    public uint GridX, GridY, GridZ, BlockX, BlockY, BlockZ, SharedBytes;
    public nint Stream;
    public LaunchAttribute* Attributes;
    public uint AttributeCount;
}

/// <summary>CUlaunchAttribute with a value that is a number.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct LaunchAttribute
{
    /// <summary>CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION: the kernel may start while the one before it ends, and waits itself for what it needs.</summary>
    public const int StartsEarly = 6;

    /// <summary>CU_LAUNCH_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT: per cent of a multiprocessor's memory beside its registers that are to be shared memory; the rest is a cache.</summary>
    public const int SharedShare = 14;

    [FieldOffset(0)] public int Id;
    [FieldOffset(8)] public int Value;
}
