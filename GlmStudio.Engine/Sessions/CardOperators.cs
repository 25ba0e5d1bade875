using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using GlmStudio.Engine.Graphs;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Operators of our own for sessions on a card, which join what ONNX Runtime does in several kernels: <see cref="FusedOperators"/> says which.</summary>
/// <remarks>A network of 40 layers that writes one token starts hundreds of kernels of a few microseconds: most of that time is not computing.</remarks>
internal static unsafe class CardOperators
{
    private const int Required = 0, Variadic = 2; // OrtCustomOpInputOutputCharacteristic
    private const int Any = 0;                    // ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED

    private static readonly RuntimeApi Api = RuntimeApi.Instance;
    private static readonly Lazy<nint> Domain = new(MakeDomain);
    private static readonly ConcurrentDictionary<(int Card, nint Stream, ElementType Type), KernelLauncher> Launchers = new();
    private static readonly byte* CudaName = Text("CUDAExecutionProvider");
    private static readonly byte* Epsilon = Text(FusedOperators.BranchEpsilon), NextEpsilon = Text(FusedOperators.NextEpsilon);
    private static readonly byte* Outputs = Text(FusedOperators.Outputs), Block = Text(FusedOperators.Block), Target = Text(FusedOperators.Target);

    /// <summary>Makes them known to sessions made with these options.</summary>
    public static void AddTo(SessionOptions options) => RuntimeApi.Check(Api.AddDomain(options.DangerousGetHandle(), Domain.Value));

    private static nint MakeDomain()
    {
        nint domain;
        RuntimeApi.Check(Api.CreateDomain(Text(FusedOperators.Domain), &domain));
        foreach (var type in (ElementType[])[ElementType.BFloat16, ElementType.Float16])
        {
            RuntimeApi.Check(Api.AddToDomain(domain, Table(FusedOperators.SwiGlu(type), type, inputs: 1, outputs: 1, &CreatePlain, &RunSwiGlu)));
            RuntimeApi.Check(Api.AddToDomain(domain, Table(FusedOperators.NormAddNorm(type), type, inputs: 4, outputs: 2, &CreateNorms, &RunNorms)));
            var product = Table(FusedOperators.CodedProduct(type), type, inputs: 4, outputs: 1, &CreateProduct, &RunProduct);
            (product->Bytes, product->SecondBytes) = (1, 3);
            RuntimeApi.Check(Api.AddToDomain(domain, product));
        }
        var addresses = Table(FusedOperators.Addresses, ElementType.Float, inputs: 1, outputs: 1, &CreateAddresses, &RunAddresses);
        addresses->IsVariadic = 1;
        RuntimeApi.Check(Api.AddToDomain(domain, addresses));
        return domain;
    }

    // Lives as long as the process, as sessions may.
    private static OperatorTable* Table(string name, ElementType type, int inputs, int outputs,
        delegate* unmanaged<OperatorTable*, nint, nint, OperatorKernel**, nint> create, delegate* unmanaged<OperatorKernel*, nint, nint> run)
    {
        var table = (OperatorTable*)NativeMemory.AllocZeroed((nuint)sizeof(OperatorTable));
        *table = new OperatorTable
        {
            Version = RuntimeApi.Version, Name = &NameOf, Provider = &ProviderOf, InputType = &TypeOfInput, OutputType = &TypeOfOutput, InputCount = &InputsOf, OutputCount = &OutputsOf,
            InputCharacteristic = &InputKind, OutputCharacteristic = &OutputKind, InputMemory = &OnTheCard, VariadicInputArity = &One, VariadicInputHomogeneity = &None,
            VariadicOutputArity = &One, VariadicOutputHomogeneity = &One, Create = create, Run = run, Destroy = &Destroy,
            NameText = Text(name), Type = (int)type, Inputs = inputs, Outputs = outputs, Bytes = -1, SecondBytes = -1,
        };
        return table;
    }

    [UnmanagedCallersOnly]
    private static nint CreatePlain(OperatorTable* table, nint api, nint info, OperatorKernel** kernel) => Make(table, kernel);

    [UnmanagedCallersOnly]
    private static nint CreateNorms(OperatorTable* table, nint api, nint info, OperatorKernel** kernel)
    {
        var status = Make(table, kernel);
        if (status == 0) status = Api.FloatAttribute(info, Epsilon, &(*kernel)->First);
        return status == 0 ? Api.FloatAttribute(info, NextEpsilon, &(*kernel)->Second) : status;
    }

    [UnmanagedCallersOnly]
    private static nint CreateProduct(OperatorTable* table, nint api, nint info, OperatorKernel** kernel)
    {
        var status = Make(table, kernel);
        if (status == 0) status = Api.IntegerAttribute(info, Outputs, &(*kernel)->Outputs);
        return status == 0 ? Api.IntegerAttribute(info, Block, &(*kernel)->Block) : status;
    }

    [UnmanagedCallersOnly]
    private static nint CreateAddresses(OperatorTable* table, nint api, nint info, OperatorKernel** kernel)
    {
        var status = Make(table, kernel);
        return status == 0 ? Api.IntegerAttribute(info, Target, &(*kernel)->Target) : status;
    }

    private static nint Make(OperatorTable* table, OperatorKernel** kernel)
    {
        *kernel = (OperatorKernel*)NativeMemory.AllocZeroed((nuint)sizeof(OperatorKernel));
        (*kernel)->Type = table->Type;
        return 0;
    }

    // Nothing may be thrown into the runtime, here and below.
    [UnmanagedCallersOnly]
    private static nint RunSwiGlu(OperatorKernel* kernel, nint context)
    {
        nint source, target, stream;
        var shape = stackalloc long[2];
        nint status;
        if ((status = Input(context, 0, &source, shape)) != 0 || (status = Output(context, 0, &target, shape[0], shape[1] / 2)) != 0 || (status = Api.Stream(context, &stream)) != 0) return status;
        try
        {
            RowKernels.Gate(Launcher(kernel, stream), source, target, shape[0], shape[1] / 2);
            return 0;
        }
        catch (InvalidOperationException fault)
        {
            return Failed(fault.Message);
        }
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
        try
        {
            RowKernels.NormAddNorm(Launcher(kernel, stream), residual, branch, first, second, sum, norm, shape[0], (int)shape[1], kernel->First, kernel->Second);
            return 0;
        }
        catch (InvalidOperationException fault)
        {
            return Failed(fault.Message);
        }
    }

    // The stream's session has made what multiplies there. Codes are put in order at the first run, before anything else reads them.
    [UnmanagedCallersOnly]
    private static nint RunProduct(OperatorKernel* kernel, nint context)
    {
        nint x, codes, scales, zeros, y, stream;
        var shape = stackalloc long[2];
        nint status;
        if ((status = Input(context, 0, &x, shape)) != 0 || (status = Input(context, 1, &codes, null)) != 0 || (status = Input(context, 2, &scales, null)) != 0
            || (status = Input(context, 3, &zeros, null)) != 0 || (status = Output(context, 0, &y, shape[0], kernel->Outputs)) != 0 || (status = Api.Stream(context, &stream)) != 0) return status;
        try
        {
            var products = CardProducts.Of(stream);
            var matrix = new CardMatrix((int)kernel->Outputs, (int)shape[1], new CodeFormat(4, (int)kernel->Block), codes, scales, zeros);
            if (kernel->IsArranged == 0) products.Arrange(matrix);
            kernel->IsArranged = 1;
            if (shape[0] > 0) products.Multiply(matrix, x, y, (int)shape[0]);
            return 0;
        }
        catch (InvalidOperationException fault)
        {
            return Failed(fault.Message);
        }
    }

    // The inputs' addresses, one after another, to where the session wants them.
    [UnmanagedCallersOnly]
    private static nint RunAddresses(OperatorKernel* kernel, nint context)
    {
        nuint count;
        nint output;
        nint status;
        if ((status = Output(context, 0, &output, 1, 1)) != 0 || (status = Api.InputCount(context, &count)) != 0) return status;
        for (nuint i = 0; i < count; i++)
            if ((status = Input(context, i, (nint*)kernel->Target + i, null)) != 0) return status;
        return 0;
    }

    private static KernelLauncher Launcher(OperatorKernel* kernel, nint stream)
    {
        CudaRuntime.Check(CudaDriver.CurrentDevice(out var card));
        return Launchers.GetOrAdd((card, stream, (ElementType)kernel->Type), key => new KernelLauncher(new KernelBuild(key.Type), key.Stream));
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
    private static int TypeOfInput(OperatorTable* table, nuint index) => table->IsVariadic != 0 ? Any : (int)index == table->Bytes || (int)index == table->SecondBytes ? (int)ElementType.UInt8 : table->Type;

    [UnmanagedCallersOnly]
    private static int TypeOfOutput(OperatorTable* table, nuint index) => table->Type;

        [UnmanagedCallersOnly]
    private static nuint InputsOf(OperatorTable* table) => (nuint)table->Inputs;

    [UnmanagedCallersOnly]
    private static nuint OutputsOf(OperatorTable* table) => (nuint)table->Outputs;

    [UnmanagedCallersOnly]
    private static int InputKind(OperatorTable* table, nuint index) => table->IsVariadic != 0 ? Variadic : Required;

    [UnmanagedCallersOnly]
    private static int OutputKind(OperatorTable* table, nuint index) => Required;

    [UnmanagedCallersOnly]
    private static int OnTheCard(OperatorTable* table, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int None(OperatorTable* table) => 0;

    [UnmanagedCallersOnly]
    private static int One(OperatorTable* table) => 1;
}
