using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>Which tensors a configuration needs: what its two graphs ask for while they are built.</summary>
internal static class NetworkShapes
{
    /// <summary>Name and shape on disk of every tensor.</summary>
    public static IReadOnlyDictionary<string, long[]> Of(Checkpoint checkpoint) => Of(GlmConfig.Read(checkpoint));

    /// <inheritdoc cref="Of(Checkpoint)"/>
    public static IReadOnlyDictionary<string, long[]> Of(GlmConfig config)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var build in (Func<GraphBuilder, Weights, byte[]>[])[
            (graph, weights) => VisionGraph.Build(graph, weights, config.Vision, PreprocessorConfig.Default(config.Vision), Arithmetic.Singles),
            (graph, weights) => TextGraph.Build(graph, weights, config.Text, Arithmetic.Singles)])
        {
            var graph = new GraphBuilder();
            build(graph, new Weights(graph, shapes.Add));
        }
        return shapes;
    }
}
