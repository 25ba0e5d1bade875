using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Kernels;

/// <summary>What kernels are compiled for.</summary>
/// <param name="Type">The type of their numbers, of 16 bits.</param>
/// <param name="Scales">Scales of a chunk of coded weights: <see cref="CodeFormat.ScalesOfChunk"/>.</param>
internal readonly record struct KernelBuild(ElementType Type, int Scales = 1);

/// <summary>Our own kernels (the <c>.cu</c> files of this folder), compiled once for each build and kind of card and loaded once on each card.</summary>
internal static unsafe class CardKernels
{
    // In the order in which they need each other. What comes after the first ones has instructions that older cards do not know.
    private static readonly string[] FilesOfAllCards = ["Numbers", "Norms"];
    private static readonly string[] Files = [.. FilesOfAllCards, "Products", "CodedProducts", "ManyRows", "ByteProducts", "Attention", "Choice"];

    // The oldest cards that CUDA 13 knows, those with the tensor cores' 16 × 8 × 16 products, and those where a kernel may start early.
    private static readonly int[] Capabilities = [75, MatrixCapability, 90];

    private static readonly ConcurrentDictionary<(KernelBuild Build, int Capability), Lazy<byte[]>> Codes = new();
    private static readonly ConcurrentDictionary<(int Card, KernelBuild Build), Lazy<nint>> Modules = new();

    /// <summary>The compute capability, times ten, from which on products and attention have kernels.</summary>
    public const int MatrixCapability = 80;

    /// <summary>One sentence for people where a card goes without them; null where it has them, and on the processor.</summary>
    public static string? Problem(int? card, ElementType type) => card is not { } number || AreThere(number, type) ? null
        : $"cuda:{number} goes without kernels that CUDA's compiler makes ({CudaDriver.Compiler} is missing or does not take them): answers take longer. Install it with CUDA 13 where the loader finds it (LD_LIBRARY_PATH).";

    /// <summary>Whether they can be had here: CUDA's compiler is there and takes them. Where not, ONNX Runtime's own operators do the same in more steps.</summary>
    public static bool AreThere(int card, ElementType type)
    {
        if (type is not (ElementType.BFloat16 or ElementType.Float16) || !NativeLibrary.TryLoad(CudaDriver.Compiler, out _)) return false;
        try
        {
            return CodeOf(card, new KernelBuild(type)).Length > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A kernel on the card that is the thread's current one.</summary>
    public static nint Of(string name, KernelBuild build)
    {
        CudaRuntime.Check(CudaDriver.CurrentDevice(out var card));
        var module = Modules.GetOrAdd((card, build), key => new Lazy<nint>(() => Load(CodeOf(key.Card, key.Build)))).Value;
        CudaRuntime.Check(CudaDriver.FunctionOf(out var function, module, name));
        return function;
    }

    private static byte[] CodeOf(int card, KernelBuild build)
    {
        var capability = Capabilities.LastOrDefault(c => c <= CudaRuntime.Capability(card), Capabilities[0]);
        return Codes.GetOrAdd((build, capability), key => new Lazy<byte[]>(() => Compile(key.Build, key.Capability))).Value;
    }

    private static nint Load(byte[] code)
    {
        fixed (byte* image = code)
        {
            CudaRuntime.Check(CudaDriver.LoadModule(out var module, image));
            return module;
        }
    }

    // The driver makes the card's own code of it.
    private static byte[] Compile(KernelBuild build, int capability)
    {
        CudaRuntime.Check(CudaDriver.CreateProgram(out var program, Source(capability), "GlmStudio.cu", 0, 0, 0));
        try
        {
            string[] options = [$"--gpu-architecture=compute_{capability}", "--std=c++17", build.Type == ElementType.BFloat16 ? "-DBRAIN=1" : "-DBRAIN=0", $"-DSCALES={build.Scales}"];
            if (CudaDriver.Compile(program, options.Length, options) != 0) throw new InvalidOperationException($"CUDA's compiler refuses our kernels: {Log(program)}");
            CudaRuntime.Check(CudaDriver.CodeSize(program, out var size));
            var code = new byte[(int)size];
            fixed (byte* target = code) CudaRuntime.Check(CudaDriver.Code(program, target));
            return code;
        }
        finally
        {
            _ = CudaDriver.DestroyProgram(ref program);
        }
    }

    /// <summary>The kernels' text for a card of a compute capability, times ten.</summary>
    internal static string Source(int capability)
    {
        var source = new StringBuilder();
        foreach (var file in capability < MatrixCapability ? FilesOfAllCards : Files)
        {
            using var stream = typeof(CardKernels).Assembly.GetManifestResourceStream($"GlmStudio.Engine.Kernels.{file}.cu")!;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            source.Append("#line 1 \"").Append(file).Append(".cu\"\n").Append(reader.ReadToEnd()).Append('\n');
        }
        return source.ToString();
    }

    private static string Log(nint program)
    {
        if (CudaDriver.LogSize(program, out var size) != 0) return "";
        var log = new byte[(int)size];
        fixed (byte* target = log) _ = CudaDriver.Log(program, target);
        return Encoding.UTF8.GetString(log).TrimEnd('\0');
    }
}
