using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Sessions;

/// <summary>Our own kernels (Operators.cu), compiled once for each type of numbers and loaded once on each card.</summary>
internal static unsafe class CardKernels
{
    private static readonly ConcurrentDictionary<ElementType, Lazy<byte[]>> Codes = new();
    private static readonly ConcurrentDictionary<(int Card, ElementType Type), Lazy<nint>> Modules = new();

    /// <summary>One sentence for people where a card goes without them; null where it has them, and on the processor.</summary>
    public static string? Problem(string device, ElementType type) => device == DeviceChoice.Cpu || AreThere(type) ? null
        : $"{device} goes without kernels that CUDA's compiler makes ({CudaDriver.Compiler} is missing or does not take them): answers take longer. Install it with CUDA 13 where the loader finds it (LD_LIBRARY_PATH).";

    /// <summary>Whether they can be had here: CUDA's compiler is there and takes them. Where not, ONNX Runtime's own operators do the same in more steps.</summary>
    public static bool AreThere(ElementType type)
    {
        if (type is not (ElementType.BFloat16 or ElementType.Float16) || !NativeLibrary.TryLoad(CudaDriver.Compiler, out _)) return false;
        try
        {
            return CodeOf(type).Length > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A kernel on the card that is the thread's current one.</summary>
    public static nint Of(string name, ElementType type)
    {
        CardStream.Check(CudaDriver.CurrentDevice(out var card));
        var module = Modules.GetOrAdd((card, type), _ => new Lazy<nint>(() => Load(CodeOf(type)))).Value;
        CardStream.Check(CudaDriver.FunctionOf(out var function, module, name));
        return function;
    }

    private static byte[] CodeOf(ElementType type) => Codes.GetOrAdd(type, t => new Lazy<byte[]>(() => Compile(t))).Value;

    private static nint Load(byte[] code)
    {
        fixed (byte* image = code)
        {
            CardStream.Check(CudaDriver.LoadModule(out var module, image));
            return module;
        }
    }

    // For the oldest cards that CUDA 13 knows; the driver makes the card's own code of it.
    private static byte[] Compile(ElementType type)
    {
        using var stream = typeof(CardKernels).Assembly.GetManifestResourceStream("GlmStudio.Engine.Sessions.Operators.cu")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        CardStream.Check(CudaDriver.CreateProgram(out var program, reader.ReadToEnd(), "Operators.cu", 0, 0, 0));
        try
        {
            string[] options = ["--gpu-architecture=compute_75", type == ElementType.BFloat16 ? "-DBRAIN=1" : "-DBRAIN=0"];
            if (CudaDriver.Compile(program, options.Length, options) != 0) throw new InvalidOperationException($"CUDA's compiler refuses Operators.cu: {Log(program)}");
            CardStream.Check(CudaDriver.CodeSize(program, out var size));
            var code = new byte[(int)size];
            fixed (byte* target = code) CardStream.Check(CudaDriver.Code(program, target));
            return code;
        }
        finally
        {
            _ = CudaDriver.DestroyProgram(ref program);
        }
    }

    private static string Log(nint program)
    {
        if (CudaDriver.LogSize(program, out var size) != 0) return "";
        var log = new byte[(int)size];
        fixed (byte* target = log) _ = CudaDriver.Log(program, target);
        return Encoding.UTF8.GetString(log).TrimEnd('\0');
    }
}
