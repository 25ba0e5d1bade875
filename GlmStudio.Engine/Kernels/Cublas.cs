using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Kernels;

/// <summary>CUDA's matrix products, which ONNX Runtime's provider uses too. Names: cublas_v2.h of CUDA 13. Every function returns 0 where it worked.</summary>
internal static unsafe partial class Cublas
{
    public const string Library = "libcublas.so.13";

    // cublasOperation_t, cudaDataType_t, cublasComputeType_t, cublasGemmAlgo_t.
    public const int AsItIs = 0, Transposed = 1;
    public const int Float16 = 2, BFloat16 = 14, Float32 = 0;
    public const int Sums32 = 68;
    public const int AnyAlgorithm = -1;

    [LibraryImport(Library, EntryPoint = "cublasCreate_v2")]
    public static partial int Create(out nint handle);

    [LibraryImport(Library, EntryPoint = "cublasDestroy_v2")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "cublasSetStream_v2")]
    public static partial int SetStream(nint handle, nint stream);

    [LibraryImport(Library, EntryPoint = "cublasSetWorkspace_v2")]
    public static partial int SetWorkspace(nint handle, nint address, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cublasGemmEx")]
    public static partial int Multiply(nint handle, int formOfA, int formOfB, int m, int n, int k, float* alpha, nint a, int typeOfA, int strideOfA,
        nint b, int typeOfB, int strideOfB, float* beta, nint c, int typeOfC, int strideOfC, int computeType, int algorithm);
}
