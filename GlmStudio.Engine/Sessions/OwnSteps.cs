using System.Runtime.InteropServices;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GlmStudio.Engine.Sessions;

/// <summary>Steps of one token in kernels of our own (<see cref="DecoderStep"/>), beside a session of ONNX Runtime that reads prompts with the same weights.</summary>
/// <remarks>The session loads the weights; the operator <see cref="FusedOperators.Addresses"/> says where it has put them.</remarks>
internal sealed unsafe class OwnSteps : IDisposable
{
    private readonly DecoderShape _shape;
    private readonly KernelBuild _build;
    private readonly CardStream _stream;
    private readonly CardProducts _products;
    private readonly nint* _addresses;
    private readonly int _most;
    private readonly nint _told;
    private StagedInputs? _inputs;
    private DecoderStep? _step;
    private StepMemory? _memory;
    private int _slots;

    private OwnSteps(DecoderShape shape, TextConfig config, Arithmetic arithmetic, CardStream stream)
    {
        (_shape, _stream) = (shape, stream);
        _build = new KernelBuild(arithmetic.Type, shape.ScalesOfChunk);
        _products = new CardProducts(_build, stream.Handle);
        _most = TextGraph.MostWeights(config);
        _addresses = (nint*)NativeMemory.AllocZeroed((nuint)(_most * sizeof(nint)));
        _told = stream.Allocate(sizeof(float));
    }

    /// <summary>Those for a decoder, or null where our kernels do not take it: the session's own steps do then.</summary>
    public static OwnSteps? For(Checkpoint checkpoint, TextConfig config, Arithmetic arithmetic, CardStream stream)
    {
        if (stream.Capability < CardKernels.MatrixCapability || ShapeOf(checkpoint, config, arithmetic) is not { Fits: true } shape) return null;
        stream.Use();
        return new OwnSteps(shape, config, arithmetic, stream);
    }

    /// <summary>Where the graph's operator writes the addresses.</summary>
    public nint Target => (nint)_addresses;

    /// <summary>Binds what the operator leaves behind.</summary>
    public void Bind(OrtIoBinding binding, OwnedValues values) =>
        binding.BindOutput(TextGraph.Told, values.Own(_stream.Tensor(TensorElementType.Float, _told, sizeof(float), 1, 1)));

    /// <summary>Makes ready to run, once the session has run.</summary>
    /// <param name="cache">Keys and values.</param>
    /// <param name="cosines">Address of the cosines of every place.</param>
    /// <param name="sines">Address of the sines.</param>
    /// <param name="logits">Where logits go.</param>
    public void Begin(KeyValueCache cache, nint cosines, nint sines, nint logits)
    {
        _slots = cache.Slots;
        Choice = new CardChoice(_build, _stream, logits, _slots, _shape.Vocabulary);
        _inputs = new StagedInputs(_stream, CudaRuntime.Room(sizeof(long) * _slots) + CudaRuntime.Room(sizeof(int) * _slots));
        var ids = _inputs.Next;
        _memory = new StepMemory(ids, ids + (nint)CudaRuntime.Room(sizeof(long) * _slots), cosines, sines, logits, cache.Arenas, cache.Capacity);
        // The first is the input that goes before them.
        var weights = DecoderWeights.Read(_shape, [.. new ReadOnlySpan<nint>(_addresses, _most).ToArray().Skip(1).TakeWhile(a => a != 0)]);
        _step = new DecoderStep(_shape, weights, _memory, _build, _products, _stream.Handle, _slots);
    }

    /// <summary>Puts a step of the first slots on the stream.</summary>
    /// <param name="tokens">A token of each.</param>
    /// <param name="places">Its place.</param>
    public void Run(ReadOnlySpan<long> tokens, ReadOnlySpan<int> places)
    {
        _stream.Use();
        _inputs!.Clear();
        using var ids = _inputs.Add<long>(TensorElementType.Int64, out var allTokens, _slots);
        using var last = _inputs.Add<int>(TensorElementType.Int32, out var allPlaces, _slots);
        tokens.CopyTo(allTokens);
        places.CopyTo(allPlaces);
        _inputs.Send();
        _step!.Run(tokens.Length);
    }

    /// <summary>Chooses the likeliest token of each of the first slots on the card, and begins the next step with them; <see cref="GoOn"/> does the rest of it.</summary>
    /// <param name="slots">Slots of the step before.</param>
    public void ChooseAndBegin(int slots)
    {
        _stream.Use();
        Choice!.Put(slots, _memory!.Ids, _memory.Last);
        _step!.Begin(slots);
    }

    /// <summary>Puts the rest of the begun step on the stream.</summary>
    public void GoOn(int slots)
    {
        _stream.Use();
        _step!.End(slots);
    }

    /// <summary>Which tokens may be chosen, and which were.</summary>
    public CardChoice? Choice { get; private set; }

    public void Dispose()
    {
        _step?.Dispose();
        Choice?.Dispose();
        _inputs?.Dispose();
        _products.Dispose();
        _ = CudaRuntime.Free(_told);
        NativeMemory.Free(_addresses);
    }

    /// <summary>What our kernels must know of a decoder; null where a matrix is held in a form that they do not take.</summary>
    internal static DecoderShape? ShapeOf(Checkpoint checkpoint, TextConfig config, Arithmetic arithmetic)
    {
        CodeFormat Format(string name) => QuantizedFormat.Of(checkpoint, name) is { } format ? new CodeFormat(format.Bits, format.Block) : default;
        var (table, head) = (Format(TextGraph.EmbeddingTable), Format(config.TiedHead ? TextGraph.EmbeddingTable : TextGraph.HeadTable));
        // Codes of 4 bits are put in another order for the head, and the table must stay as it is.
        if (config.TiedHead && head.Bits == 4) return null;
        return new DecoderShape(config.Layers, config.Hidden, config.Heads, config.KeyValueHeads, config.HeadSize, config.Intermediate, config.Vocabulary, config.RotarySize / 2, config.NormEpsilon,
            config.NormEpsilon * arithmetic.BranchScale * arithmetic.BranchScale, Format("model.language_model.layers.0.self_attn.o_proj.weight"), head, table, config.HasAttentionBias);
    }
}
