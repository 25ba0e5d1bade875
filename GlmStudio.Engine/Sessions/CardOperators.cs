using System.Runtime.InteropServices;
using System.Text;
using GlmStudio.Engine.Graphs;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Operators of our own for sessions on a card, which join what ONNX Runtime does in several kernels: <see cref="FusedOperators"/> says which.</summary>
/// <remarks>A network of 40 layers that writes one token starts hundreds of kernels of a few microseconds: most of that time is not computing.</remarks>
internal static unsafe class CardOperators
{
    private const uint SwiGluThreads = 256;
    private const uint MostNormThreads = 512;

    private static readonly RuntimeApi Api = RuntimeApi.Instance;
    private static readonly Lazy<nint> Domain = new(MakeDomain);
    private static readonly byte* CudaName = Text("CUDAExecutionProvider");
    private static readonly byte* Epsilon = Text(FusedOperators.BranchEpsilon), NextEpsilon = Text(FusedOperators.NextEpsilon);

    /// <summary>Makes them known to sessions made with these options.</summary>
    public static void AddTo(SessionOptions options) => RuntimeApi.Check(Api.AddDomain(options.DangerousGetHandle(), Domain.Value));

    private static nint MakeDomain()
    {
        nint domain;
        RuntimeApi.Check(Api.CreateDomain(Text(FusedOperators.Domain), &domain));
        foreach (var type in (ElementType[])[ElementType.BFloat16, ElementType.Float16])
        {
            RuntimeApi.Check(Api.AddToDomain(domain, Table(FusedOperators.SwiGlu(type), type, inputs: 1, outputs: 1, &CreateSwiGlu, &RunSwiGlu)));
            RuntimeApi.Check(Api.AddToDomain(domain, Table(FusedOperators.NormAddNorm(type), type, inputs: 4, outputs: 2, &CreateNorms, &RunNorms)));
        }
        return domain;
    }

    // Lives as long as the process, as sessions may.
    private static OperatorTable* Table(string name, ElementType type, int inputs, int outputs,
        delegate* unmanaged<OperatorTable*, nint, nint, OperatorKernel**, nint> create, delegate* unmanaged<OperatorKernel*, nint, nint> run)
    {
        var table = (OperatorTable*)NativeMemory.AllocZeroed((nuint)sizeof(OperatorTable));
        *table = new OperatorTable
        {
            Version = RuntimeApi.Version, Name = &NameOf, Provider = &ProviderOf, InputType = &TypeOf, OutputType = &TypeOf, InputCount = &InputsOf, OutputCount = &OutputsOf,
            InputCharacteristic = &Required, OutputCharacteristic = &Required, InputMemory = &OnTheCard, VariadicInputArity = &One, VariadicInputHomogeneity = &One,
            VariadicOutputArity = &One, VariadicOutputHomogeneity = &One, Create = create, Run = run, Destroy = &Destroy,
            NameText = Text(name), Type = (int)type, Inputs = inputs, Outputs = outputs,
        };
        return table;
    }

    [UnmanagedCallersOnly]
    private static nint CreateSwiGlu(OperatorTable* table, nint api, nint info, OperatorKernel** kernel) => Make("swiglu", table, kernel);

    [UnmanagedCallersOnly]
    private static nint CreateNorms(OperatorTable* table, nint api, nint info, OperatorKernel** kernel)
    {
        var status = Make("norm_add_norm", table, kernel);
        if (status == 0) status = Api.FloatAttribute(info, Epsilon, &(*kernel)->First);
        return status == 0 ? Api.FloatAttribute(info, NextEpsilon, &(*kernel)->Second) : status;
    }

    private static nint Make(string name, OperatorTable* table, OperatorKernel** kernel)
    {
        try
        {
            *kernel = (OperatorKernel*)NativeMemory.AllocZeroed((nuint)sizeof(OperatorKernel));
            (*kernel)->Function = CardKernels.Of(name, (ElementType)table->Type);
            return 0;
        }
        catch (InvalidOperationException fault)
        {
            return Failed(fault.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static nint RunSwiGlu(OperatorKernel* kernel, nint context)
    {
        nint source, target, stream;
        var shape = stackalloc long[2];
        nint status;
        if ((status = Input(context, 0, &source, shape)) != 0 || (status = Output(context, 0, &target, shape[0], shape[1] / 2)) != 0 || (status = Api.Stream(context, &stream)) != 0) return status;
        var parts = (int)(shape[1] / 16);
        var total = shape[0] * parts;
        void** arguments = stackalloc void*[4];
        arguments[0] = &source;
        arguments[1] = &target;
        arguments[2] = &parts;
        arguments[3] = &total;
        return total == 0 ? 0 : Launched(CudaDriver.Launch(kernel->Function, (uint)((total + SwiGluThreads - 1) / SwiGluThreads), 1, 1, SwiGluThreads, 1, 1, 0, stream, arguments, null));
    }

    [UnmanagedCallersOnly]
    private static nint RunNorms(OperatorKernel* kernel, nint context)
    {
        nint residual, branch, first, second, sum, norm, stream;
        var shape = stackalloc long[2];
        nint status;
        if ((status = Input(context, 0, &residual, shape)) != 0 || (status = Input(context, 1, &branch, null)) != 0 || (status = Input(context, 2, &first, null)) != 0
            || (status = Input(context, 3, &second, null)) != 0 || (status = Output(context, 0, &sum, shape[0], shape[1])) != 0 || (status = Output(context, 1, &norm, shape[0], shape[1])) != 0
            || (status = Api.Stream(context, &stream)) != 0) return status;
        var parts = (int)(shape[1] / 8);
        // A thread for every eight numbers, in whole warps.
        var threads = (uint)Math.Min(MostNormThreads, (parts + 31) / 32 * 32);
        void** arguments = stackalloc void*[9];
        arguments[0] = &residual;
        arguments[1] = &branch;
        arguments[2] = &first;
        arguments[3] = &second;
        arguments[4] = &sum;
        arguments[5] = &norm;
        arguments[6] = &parts;
        arguments[7] = &kernel->First;
        arguments[8] = &kernel->Second;
        return shape[0] == 0 ? 0 : Launched(CudaDriver.Launch(kernel->Function, (uint)shape[0], 1, 1, threads, 1, 1, (uint)(shape[1] * sizeof(float)), stream, arguments, null));
    }

    // Values of two dimensions; the shape is not asked for where it is null.
    private static nint Input(nint context, nuint index, nint* data, long* shape)
    {
        nint value, info;
        nint status;
        if ((status = Api.Input(context, index, &value)) != 0 || (status = Api.Data(value, data)) != 0 || shape is null || (status = Api.ShapeOf(value, &info)) != 0) return status;
        status = Api.Dimensions(info, shape, 2);
        Api.ReleaseShape(info);
        return status;
    }

    private static nint Output(nint context, nuint index, nint* data, long rows, long width)
    {
        var shape = stackalloc long[2];
        (shape[0], shape[1]) = (rows, width);
        nint value;
        var status = Api.Output(context, index, shape, 2, &value);
        return status != 0 ? status : Api.Data(value, data);
    }

    private static nint Launched(int status) => status == 0 ? 0 : Failed($"A kernel of Operators.cu did not start: CUDA says {status}.");

    private static nint Failed(string message)
    {
        const int Fail = 1; // ORT_FAIL
        fixed (byte* text = Encoding.UTF8.GetBytes(message + '\0')) return Api.CreateStatus(Fail, text);
    }

    private static byte* Text(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);

    [UnmanagedCallersOnly]
    private static void Destroy(OperatorKernel* kernel) => NativeMemory.Free(kernel);

    [UnmanagedCallersOnly]
    private static byte* NameOf(OperatorTable* table) => table->NameText;

    [UnmanagedCallersOnly]
    private static byte* ProviderOf(OperatorTable* table) => CudaName;

    [UnmanagedCallersOnly]
    private static int TypeOf(OperatorTable* table, nuint index) => table->Type;

    [UnmanagedCallersOnly]
    private static nuint InputsOf(OperatorTable* table) => (nuint)table->Inputs;

    [UnmanagedCallersOnly]
    private static nuint OutputsOf(OperatorTable* table) => (nuint)table->Outputs;

    [UnmanagedCallersOnly]
    private static int Required(OperatorTable* table, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int OnTheCard(OperatorTable* table, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int One(OperatorTable* table) => 1;
}
