using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>Puts a checkpoint's tensors into a graph as external initializers, checked against the shapes the network needs.</summary>
/// <param name="checkpoint">The checkpoint whose tensors have the type the device computes in.</param>
/// <param name="graph">The graph under construction.</param>
internal sealed class Weights(Checkpoint checkpoint, GraphBuilder graph)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>A weight by name, with the shape it must have.</summary>
    /// <param name="name">Tensor name in the checkpoint.</param>
    /// <param name="shape">Shape on disk; anything else is refused.</param>
    public string Get(string name, params long[] shape) => GetAs(name, shape, shape);

    /// <summary>A weight whose bytes are read as another shape with as many elements: a convolution as a matrix.</summary>
    public string GetAs(string name, long[] stored, long[] shape)
    {
        var tensor = checkpoint.Require(name, stored);
        if (_used.Add(name))
            graph.External(name, Element(tensor), shape, Path.GetRelativePath(checkpoint.Folder, tensor.File), tensor.Offset, tensor.Length);
        return name;
    }

    private static ElementType Element(StoredTensor tensor) => tensor.Type switch
    {
        TensorType.F32 => ElementType.Float,
        TensorType.F16 => ElementType.Float16,
        TensorType.BF16 => ElementType.BFloat16,
        _ => throw new EngineException(EngineFault.BadCheckpoint, $"Tensor \"{tensor.Name}\" is {tensor.Type}; weights must be F32, F16 or BF16."),
    };
}
