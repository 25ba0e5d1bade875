using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>Puts a checkpoint's tensors into a graph as external initializers, checked against the shapes the network needs.</summary>
internal sealed class Weights
{
    private readonly GraphBuilder _graph;
    private readonly Checkpoint? _checkpoint;
    private readonly Action<string, long[]> _asked = (_, _) => { };
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Weights of a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint whose tensors have the type the device computes in.</param>
    /// <param name="graph">The graph under construction.</param>
    public Weights(Checkpoint checkpoint, GraphBuilder graph) => (_checkpoint, _graph) = (checkpoint, graph);

    /// <summary>Weights of no checkpoint: says which a network needs.</summary>
    /// <param name="graph">The graph under construction, which cannot be run.</param>
    /// <param name="asked">Told name and shape of every tensor once.</param>
    public Weights(GraphBuilder graph, Action<string, long[]> asked) => (_graph, _asked) = (graph, asked);

    /// <summary>A weight by name, with the shape it must have.</summary>
    /// <param name="name">Tensor name in the checkpoint.</param>
    /// <param name="shape">Shape on disk; anything else is refused.</param>
    public string Get(string name, params long[] shape) => GetAs(name, shape, shape);

    /// <summary>A weight whose bytes are read as another shape: a convolution as a matrix.</summary>
    /// <param name="name">Tensor name in the checkpoint.</param>
    /// <param name="stored">Shape on disk; anything else is refused.</param>
    /// <param name="shape">Shape in the graph, with as many elements.</param>
    /// <param name="alias">Its name in the graph, where one tensor is read as two shapes.</param>
    public string GetAs(string name, long[] stored, long[] shape, string? alias = null)
    {
        var known = alias ?? name;
        if (!_used.Add(known)) return known;
        _asked(name, stored);
        if (_checkpoint is null) return _graph.External(known, ElementType.Float, shape, name, 0, 0);
        var tensor = _checkpoint.Require(name, stored);
        return _graph.External(known, Element(tensor), shape, Path.GetRelativePath(_checkpoint.Folder, tensor.File), tensor.Offset, tensor.Length);
    }

    /// <summary>A matrix that the checkpoint holds quantized, or null where it does not.</summary>
    /// <param name="name">Name of the tensor that was quantized.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    public QuantizedWeight? Quantized(string name, long rows, long columns)
    {
        if (_checkpoint is null || QuantizedFormat.Of(_checkpoint, name) is not { } format) return null;
        var blocks = (columns + format.Block - 1) / format.Block;
        return new QuantizedWeight(format, Get(format.Codes(name), rows, blocks, format.BlockBytes),
            Get(QuantizedFormat.Scales(name), rows, blocks), Get(QuantizedFormat.Zeros(name), rows, (blocks * format.Bits + 7) / 8));
    }

    private static ElementType Element(StoredTensor tensor) => tensor.Type switch
    {
        TensorType.F32 => ElementType.Float,
        TensorType.F16 => ElementType.Float16,
        TensorType.BF16 => ElementType.BFloat16,
        TensorType.U8 => ElementType.UInt8,
        _ => throw new EngineException(EngineFault.BadCheckpoint, $"Tensor \"{tensor.Name}\" is {tensor.Type}; weights must be F32, F16 or BF16."),
    };
}

/// <summary>A quantized matrix in a graph.</summary>
/// <param name="Format">How it is quantized.</param>
/// <param name="Codes">Name of its codes, [rows, blocks, bytes].</param>
/// <param name="Scales">Name of its scales, [rows, blocks].</param>
/// <param name="Zeros">Name of its packed zero points.</param>
internal sealed record QuantizedWeight(QuantizedFormat Format, string Codes, string Scales, string Zeros);
