namespace GlmStudio.Engine.Kernels;

/// <summary>How many blocks a kernel has.</summary>
internal readonly record struct KernelGrid(long X, long Y = 1, long Z = 1);

/// <summary>Starts kernels of one build on one stream.</summary>
/// <param name="build">What they are compiled for.</param>
/// <param name="stream">Where their work goes, in order.</param>
internal sealed unsafe class KernelLauncher(KernelBuild build, nint stream)
{
    // Above this a kernel must be told that it gets more.
    private const int OrdinaryShared = 48 << 10;
    private const int SharedBytesAttribute = 8; // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES

    private readonly Dictionary<string, (nint Function, int Shared)> _functions = new(StringComparer.Ordinal);

    /// <summary>Whether multiprocessors are set up with as much shared memory as they have, for all kernels of a row: where two need different set-ups, the second waits for the first to end.</summary>
    public bool FavoursShared { get; set; }

    /// <summary>Puts a kernel on the stream. All of ours wait themselves for what the one before wrote, so they may start while it ends.</summary>
    /// <param name="name">Its name in the .cu files.</param>
    /// <param name="grid">Blocks.</param>
    /// <param name="threads">Threads of a block.</param>
    /// <param name="shared">Bytes of a block's shared memory whose size is given at the start.</param>
    /// <param name="arguments">Addresses and numbers in the kernel's order; a float by <see cref="Bits"/>.</param>
    /// <exception cref="InvalidOperationException">CUDA refuses; the message says what it says.</exception>
    public void Launch(string name, KernelGrid grid, int threads, int shared, params ReadOnlySpan<long> arguments)
    {
        var function = Function(name, shared);
        var values = stackalloc long[arguments.Length];
        var places = stackalloc void*[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i];
            places[i] = values + i;
        }
        var attributes = stackalloc LaunchAttribute[2];
        attributes[0] = new LaunchAttribute { Id = LaunchAttribute.StartsEarly, Value = 1 };
        attributes[1] = new LaunchAttribute { Id = LaunchAttribute.SharedShare, Value = 100 };
        var config = new LaunchConfig
        {
            GridX = (uint)grid.X, GridY = (uint)grid.Y, GridZ = (uint)grid.Z, BlockX = (uint)threads, BlockY = 1, BlockZ = 1,
            SharedBytes = (uint)shared, Stream = stream, Attributes = attributes, AttributeCount = FavoursShared ? 2u : 1,
        };
        CudaRuntime.Check(CudaDriver.Launch(&config, function, places, null));
    }

    /// <summary>A float as an argument.</summary>
    public static long Bits(float number) => BitConverter.SingleToUInt32Bits(number);

    private nint Function(string name, int shared)
    {
        var known = _functions.TryGetValue(name, out var found);
        if (known && found.Shared >= shared) return found.Function;
        var function = known ? found.Function : CardKernels.Of(name, build);
        if (shared > OrdinaryShared) CudaRuntime.Check(CudaDriver.SetAttribute(function, SharedBytesAttribute, shared));
        _functions[name] = (function, Math.Max(shared, OrdinaryShared));
        return function;
    }
}
