using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>The pieces both towers are made of. Activations are matrices [rows, width]; one row a token or patch.</summary>
internal sealed class Blocks(GraphBuilder graph, Weights weights, float epsilon)
{
    /// <summary>y = x·Wᵀ (+ b), W [output, input] as PyTorch stores it.</summary>
    public string Linear(string x, string name, int output, int input, bool bias = false)
    {
        using var scope = graph.In(Last(name));
        var weight = weights.Get($"{name}.weight", output, input);
        return Gemm(x, weight, bias ? weights.Get($"{name}.bias", output) : null);
    }

    /// <summary>The same with a weight that has its own shape on disk (a convolution whose stride is its kernel).</summary>
    public string Linear(string x, string name, int output, long[] storedShape)
    {
        using var scope = graph.In(Last(name));
        var input = storedShape.Skip(1).Aggregate(1L, (product, d) => product * d);
        return Gemm(x, weights.GetAs($"{name}.weight", storedShape, [output, input]), weights.Get($"{name}.bias", output));
    }

    /// <summary>x / sqrt(mean(x²) + ε) · w over the last axis, computed in 32 bits.</summary>
    public string RmsNorm(string x, string name, int width)
    {
        using var scope = graph.In(Last(name));
        return graph.Node("SimplifiedLayerNormalization", [x, weights.Get($"{name}.weight", width)], new() { ["axis"] = -1, ["epsilon"] = epsilon, ["stash_type"] = 1 });
    }

    /// <summary>silu(gate) · up.</summary>
    public string SwiGlu(string gate, string up) =>
        graph.Node("Mul", [graph.Node("QuickGelu", [gate], new() { ["alpha"] = 1f }, "com.microsoft"), up]);

    /// <summary>down(silu(gate(x)) · up(x)) with separate gate and up weights.</summary>
    public string GatedMlp(string x, string name, int width, int hidden, bool bias)
    {
        using var scope = graph.In(Last(name));
        var gate = Linear(x, $"{name}.gate_proj", width, hidden, bias);
        var up = Linear(x, $"{name}.up_proj", width, hidden, bias);
        return Linear(SwiGlu(gate, up), $"{name}.down_proj", hidden, width, bias);
    }

    public string Add(string left, string right) => graph.Node("Add", [left, right]);

    /// <summary>Changes the shape; 0 copies a dimension, −1 is inferred.</summary>
    public string Reshape(string x, params long[] shape) => graph.Node("Reshape", [x, graph.Constant("shape", shape, shape.Length)]);

    /// <summary>Rotates the leading <paramref name="rotary"/> entries of each head by per-row angles. x [batch, rows, heads·size], cos and sin [batch, rows, rotary / 2].</summary>
    /// <param name="x">What to rotate.</param>
    /// <param name="angles">Cosines and sines.</param>
    /// <param name="heads">Heads in the last axis.</param>
    /// <param name="rotary">Rotated entries of a head.</param>
    /// <param name="interleaved">Pairs are (2k, 2k+1) if true, (k, k + rotary/2) if false.</param>
    public string Rotate(string x, (string Cos, string Sin) angles, int heads, int rotary, bool interleaved) =>
        graph.Node("RotaryEmbedding", [x, angles.Cos, angles.Sin], new() { ["interleaved"] = interleaved ? 1 : 0, ["num_heads"] = heads, ["rotary_embedding_dim"] = rotary });

    private string Gemm(string x, string weight, string? bias) =>
        graph.Node("Gemm", bias is null ? [x, weight] : [x, weight, bias], new() { ["transB"] = 1 });

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
