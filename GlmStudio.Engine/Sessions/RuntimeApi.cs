using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>The functions of ONNX Runtime's C interface that its C# one leaves out: operators of our own. Signatures: onnxruntime_c_api.h of 1.29; a status of 0 is success.</summary>
internal sealed unsafe class RuntimeApi
{
    /// <summary>The interface of this version has all that is used here.</summary>
    public const uint Version = 16;

    public readonly delegate* unmanaged<int, byte*, nint> CreateStatus;
    public readonly delegate* unmanaged<byte*, nint*, nint> CreateDomain;
    public readonly delegate* unmanaged<nint, OperatorTable*, nint> AddToDomain;
    public readonly delegate* unmanaged<nint, nint, nint> AddDomain;
    public readonly delegate* unmanaged<nint, byte*, float*, nint> FloatAttribute;
    public readonly delegate* unmanaged<nint, byte*, long*, nint> IntegerAttribute;
    public readonly delegate* unmanaged<nint, nuint*, nint> InputCount;
    public readonly delegate* unmanaged<nint, nuint, nint*, nint> Input;
    public readonly delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint> Output;
    public readonly delegate* unmanaged<nint, nint*, nint> Stream;
    public readonly delegate* unmanaged<nint, nint*, nint> Data;
    public readonly delegate* unmanaged<nint, nint*, nint> ShapeOf;
    public readonly delegate* unmanaged<nint, long*, nuint, nint> Dimensions;
    public readonly delegate* unmanaged<nint, void> ReleaseShape;

    private static readonly Lazy<RuntimeApi> Loaded = new(() => new RuntimeApi());

    private RuntimeApi()
    {
        var getBase = (delegate* unmanaged<nint>)NativeLibrary.GetExport(NativeLibrary.Load(LoadedFile()), "OrtGetApiBase");
        var getApi = (delegate* unmanaged<uint, nint>)Marshal.PtrToStructure<OrtApiBase>(getBase()).GetApi;
        var api = Marshal.PtrToStructure<OrtApi>(getApi(Version));
        CreateStatus = (delegate* unmanaged<int, byte*, nint>)api.CreateStatus;
        CreateDomain = (delegate* unmanaged<byte*, nint*, nint>)api.CreateCustomOpDomain;
        AddToDomain = (delegate* unmanaged<nint, OperatorTable*, nint>)api.CustomOpDomain_Add;
        AddDomain = (delegate* unmanaged<nint, nint, nint>)api.AddCustomOpDomain;
        FloatAttribute = (delegate* unmanaged<nint, byte*, float*, nint>)api.KernelInfoGetAttribute_float;
        IntegerAttribute = (delegate* unmanaged<nint, byte*, long*, nint>)api.KernelInfoGetAttribute_int64;
        InputCount = (delegate* unmanaged<nint, nuint*, nint>)api.KernelContext_GetInputCount;
        Input = (delegate* unmanaged<nint, nuint, nint*, nint>)api.KernelContext_GetInput;
        Output = (delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)api.KernelContext_GetOutput;
        Stream = (delegate* unmanaged<nint, nint*, nint>)api.KernelContext_GetGPUComputeStream;
        Data = (delegate* unmanaged<nint, nint*, nint>)api.GetTensorMutableData;
        ShapeOf = (delegate* unmanaged<nint, nint*, nint>)api.GetTensorTypeAndShape;
        Dimensions = (delegate* unmanaged<nint, long*, nuint, nint>)api.GetDimensions;
        ReleaseShape = (delegate* unmanaged<nint, void>)api.ReleaseTensorTypeAndShapeInfo;
    }

    public static RuntimeApi Instance => Loaded.Value;

    /// <summary>Throws where a call failed.</summary>
    public static void Check(nint status)
    {
        if (status != 0) throw new InvalidOperationException("ONNX Runtime refuses an operator of ours.");
    }

    // The C# part finds its library by rules of its own; what it has found is the one to ask.
    private static string LoadedFile()
    {
        _ = OrtEnv.Instance();
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().First(m => m.ModuleName.StartsWith("libonnxruntime.so", StringComparison.Ordinal)).FileName;
    }
}

/// <summary>OrtCustomOp of version 16, and behind it what is ours.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OperatorTable
{
    public uint Version;
    public nint CreateKernel;
    public delegate* unmanaged<OperatorTable*, byte*> Name;
    public delegate* unmanaged<OperatorTable*, byte*> Provider;
    public delegate* unmanaged<OperatorTable*, nuint, int> InputType;
    public delegate* unmanaged<OperatorTable*, nuint> InputCount;
    public delegate* unmanaged<OperatorTable*, nuint, int> OutputType;
    public delegate* unmanaged<OperatorTable*, nuint> OutputCount;
    public nint Compute;
    public delegate* unmanaged<OperatorKernel*, void> Destroy;
    public delegate* unmanaged<OperatorTable*, nuint, int> InputCharacteristic;
    public delegate* unmanaged<OperatorTable*, nuint, int> OutputCharacteristic;
    public delegate* unmanaged<OperatorTable*, nuint, int> InputMemory;
    public delegate* unmanaged<OperatorTable*, int> VariadicInputArity, VariadicInputHomogeneity, VariadicOutputArity, VariadicOutputHomogeneity;
    public delegate* unmanaged<OperatorTable*, nint, nint, OperatorKernel**, nint> Create;
    public delegate* unmanaged<OperatorKernel*, nint, nint> Run;

    // Since later versions; never looked at.
    public fixed long Later[8];

    public byte* NameText;
    public int Type, Inputs, Outputs;

    /// <summary>Inputs that are bytes; −1: none.</summary>
    public int Bytes, SecondBytes;

    /// <summary>1: any number of inputs of any type.</summary>
    public int IsVariadic;
}

/// <summary>An operator of a node and its attributes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OperatorKernel
{
    public int Type;
    public float First, Second;
    public long Outputs, Block, Target;
    public int IsArranged;
}
