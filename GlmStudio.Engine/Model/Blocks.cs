using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>The pieces both towers are made of. Activations are matrices [rows, width]; one row a token or patch.</summary>
/// <param name="graph">The graph under construction.</param>
/// <param name="weights">Its weights.</param>
/// <param name="epsilon">Epsilon of the norms.</param>
/// <param name="type">Type of activations and weights.</param>
/// <param name="isFused">Whether the session knows the <see cref="FusedOperators"/>.</param>
/// <param name="areCodesOurs">Whether matrices of 4-bit codes go to <see cref="FusedOperators.CodedProduct"/>, all of them.</param>
internal sealed class Blocks(GraphBuilder graph, Weights weights, float epsilon, ElementType type, bool isFused = false, bool areCodesOurs = false)
{
    // What MatMulNBits may turn its input into where it computes in 32 bits: 8-bit integers, several times as fast.
    private const int EightBitInput = 4;

    private readonly List<string> _used = [];

    /// <summary>Type of activations and weights.</summary>
    public ElementType Type => type;

    /// <summary>The weights in the order in which they are used: a quantized one as codes, scales and zero points; biases after their matrix.</summary>
    public IReadOnlyList<string> Used => _used;

    /// <summary>An input that comes in 32 bits, whatever the network computes in.</summary>
    public string Input(string name, params object[] shape) => Cast(graph.Input(name, ElementType.Float, shape), type);

    /// <summary>A value of 32 bits in the network's own numbers.</summary>
    public string Narrow(string x) => Cast(x, type);

    /// <summary>Makes a value a model output in 32 bits.</summary>
    public void Output(string value, string name, params object[] shape)
    {
        if (type == ElementType.Float) graph.Output(value, name, ElementType.Float, shape);
        else
        {
            graph.NodeInto("Cast", [value], [name], new() { ["to"] = (int)ElementType.Float });
            graph.Declare(name, ElementType.Float, shape);
        }
    }

    /// <summary>Rows of a table by their numbers.</summary>
    public string Rows(string ids, string name, int rows, int columns)
    {
        if (weights.Quantized(name, rows, columns) is not { } table) return graph.Node("Gather", [Use(weights.Get(name, rows, columns)), ids], new() { ["axis"] = 0 });
        var format = table.Format;
        var codes = weights.GetAs(table.Codes, [rows, columns / format.Block, format.BlockBytes], [rows, columns * format.Bits / 8], $"{table.Codes}:rows");
        return graph.Node("GatherBlockQuantized", [Use(codes), ids, Use(table.Scales), Use(table.Zeros)],
            new() { ["gather_axis"] = 0, ["quantize_axis"] = 1, ["block_size"] = format.Block, ["bits"] = format.Bits }, "com.microsoft");
    }

    /// <summary>x·Wᵀ with a table of rows as W.</summary>
    public string Head(string x, string name, int rows, int columns) => Product(x, name, [rows, columns], rows, columns, null);

    /// <summary>y = x·Wᵀ (+ b), W [output, input] as PyTorch stores it.</summary>
    public string Linear(string x, string name, int output, int input, bool bias = false)
    {
        using var scope = graph.In(Last(name));
        return Product(x, $"{name}.weight", [output, input], output, input, bias ? weights.Get($"{name}.bias", output) : null);
    }

    /// <summary>The same with a weight that has its own shape on disk (a convolution whose stride is its kernel).</summary>
    public string Linear(string x, string name, int output, long[] storedShape)
    {
        using var scope = graph.In(Last(name));
        var input = storedShape.Skip(1).Aggregate(1L, (product, d) => product * d);
        return Product(x, $"{name}.weight", storedShape, output, input, weights.Get($"{name}.bias", output));
    }

    /// <summary>Several products with the same x as one: their outputs stand beside each other in the last axis.</summary>
    /// <param name="x">The common input, [rows, input].</param>
    /// <param name="node">Name of the product in the graph.</param>
    /// <param name="parts">Name and outputs of each.</param>
    /// <param name="input">Columns of x.</param>
    /// <param name="bias">Whether they have biases.</param>
    public string Linear(string x, string node, IReadOnlyList<(string Name, int Output)> parts, int input, bool bias)
    {
        using var scope = graph.In(node);
        var total = parts.Sum(p => p.Output);
        var joined = bias ? Join(parts.Select(p => weights.Get($"{p.Name}.bias", p.Output))) : null;
        var quantized = parts.Select(p => weights.Quantized($"{p.Name}.weight", p.Output, input)).OfType<QuantizedWeight>().ToList();
        return quantized.Count < parts.Count ? Product(x, Join(parts.Select(p => weights.Get($"{p.Name}.weight", p.Output, input))), joined)
            : QuantizedProduct(x, new QuantizedWeight(quantized[0].Format, Join(quantized.Select(q => q.Codes)), Join(quantized.Select(q => q.Scales)), Join(quantized.Select(q => q.Zeros))), total, input, joined);
    }

    /// <summary>x / sqrt(mean(x²) + ε) · w over the last axis, computed in 32 bits.</summary>
    /// <param name="x">What to normalise.</param>
    /// <param name="name">Name of the norm.</param>
    /// <param name="width">Entries of the last axis.</param>
    /// <param name="scale">What x was multiplied by on the way: ε is multiplied by its square, so that it makes no difference.</param>
    public string RmsNorm(string x, string name, int width, float scale = 1)
    {
        using var scope = graph.In(Last(name));
        return graph.Node("SimplifiedLayerNormalization", [x, Use(weights.Get($"{name}.weight", width))],
            new() { ["axis"] = -1, ["epsilon"] = epsilon * scale * scale, ["stash_type"] = 1 });
    }

    /// <summary>residual + norm(branch), and the norm of that, both norms as <see cref="RmsNorm"/> computes them.</summary>
    /// <param name="residual">What is added to.</param>
    /// <param name="branch">What is normalised and added.</param>
    /// <param name="name">Name of the branch's norm.</param>
    /// <param name="next">Name of the norm of the sum.</param>
    /// <param name="width">Entries of the last axis.</param>
    /// <param name="scale">What the branch was multiplied by on the way.</param>
    public (string Sum, string Norm) NormAddNorm(string residual, string branch, string name, string next, int width, float scale)
    {
        if (!isFused || width % FusedOperators.Width != 0)
        {
            var added = RmsNorm(branch, name, width, scale);
            using var inner = graph.In(Last(next));
            var outputs = graph.Nodes("SkipSimplifiedLayerNormalization", [residual, added, weights.Get($"{next}.weight", width)], 4, new() { ["epsilon"] = epsilon }, "com.microsoft", [1, 2]);
            return (outputs[3], outputs[0]);
        }
        using var scope = graph.In(Last(name));
        var both = graph.Nodes(FusedOperators.NormAddNorm(type), [residual, branch, Use(weights.Get($"{name}.weight", width)), Use(weights.Get($"{next}.weight", width))], 2,
            new() { [FusedOperators.BranchEpsilon] = epsilon * scale * scale, [FusedOperators.NextEpsilon] = epsilon }, FusedOperators.Domain);
        return (both[0], both[1]);
    }

    /// <summary>silu(gate) · up of both beside each other, the gate in front.</summary>
    /// <param name="both">[rows, 2·width].</param>
    /// <param name="width">Entries of each.</param>
    public string SwiGlu(string both, int width)
    {
        if (isFused && width % FusedOperators.Width == 0) return graph.Node(FusedOperators.SwiGlu(type), [both], domain: FusedOperators.Domain);
        var parts = graph.Nodes("Split", [both], 2, new() { ["axis"] = -1, ["num_outputs"] = 2 });
        return SwiGlu(parts[0], parts[1]);
    }

    /// <summary>down(silu(gate(x)) · up(x)) with separate gate and up weights.</summary>
    public string GatedMlp(string x, string name, int width, int hidden, bool bias)
    {
        using var scope = graph.In(Last(name));
        var mixed = isFused && width % FusedOperators.Width == 0
            ? SwiGlu(Linear(x, "gate_up", [($"{name}.gate_proj", width), ($"{name}.up_proj", width)], hidden, bias), width)
            : SwiGlu(Linear(x, $"{name}.gate_proj", width, hidden, bias), Linear(x, $"{name}.up_proj", width, hidden, bias));
        return Linear(mixed, $"{name}.down_proj", hidden, width, bias);
    }

    public string Add(string left, string right) => graph.Node("Add", [left, right]);

    /// <summary>Changes the shape; 0 copies a dimension, −1 is inferred.</summary>
    public string Reshape(string x, params long[] shape) => graph.Node("Reshape", [x, graph.Constant("shape", shape, shape.Length)]);

    /// <summary>Rotates each head by the angles of its row.</summary>
    /// <param name="x">What to rotate, [batch, rows, heads·size].</param>
    /// <param name="places">Row of the angles for every row of x, [batch, rows].</param>
    /// <param name="angles">Cosines and sines, [angles, size / 2]; pairs are (k, k + size/2).</param>
    /// <param name="heads">Heads in the last axis.</param>
    public string Rotate(string x, string places, (string Cos, string Sin) angles, int heads) =>
        graph.Node("RotaryEmbedding", [x, places, angles.Cos, angles.Sin], new() { ["interleaved"] = 0, ["num_heads"] = heads }, "com.microsoft");

    private string SwiGlu(string gate, string up) => graph.Node("Mul", [graph.Node("Mul", [gate, graph.Node("Sigmoid", [gate])]), up]);

    private string Product(string x, string name, long[] stored, long output, long input, string? bias) => weights.Quantized(name, output, input) is { } weight
        ? QuantizedProduct(x, weight, output, input, bias)
        : Product(x, weights.GetAs(name, stored, [output, input]), bias);

    private string Product(string x, string matrix, string? bias) => graph.Node("Gemm", bias is null ? [x, Use(matrix)] : [x, Use(matrix), Use(bias)], new() { ["transB"] = 1 });

    private string QuantizedProduct(string x, QuantizedWeight weight, long output, long input, string? bias)
    {
        string[] inputs = [x, Use(weight.Codes), Use(weight.Scales), Use(weight.Zeros)];
        if (bias is not null) Use(bias);
        if (areCodesOurs && weight.Format.Bits == 4)
        {
            var product = graph.Node(FusedOperators.CodedProduct(type), inputs, new() { [FusedOperators.Outputs] = output, [FusedOperators.Block] = (long)weight.Format.Block }, FusedOperators.Domain);
            return bias is null ? product : Add(product, bias);
        }
        return graph.Node("MatMulNBits", [.. inputs, .. bias is null ? (string[])[] : ["", bias]], new()
        {
            ["K"] = input, ["N"] = output, ["bits"] = weight.Format.Bits, ["block_size"] = weight.Format.Block,
            ["accuracy_level"] = type == ElementType.Float ? EightBitInput : 0,
        }, "com.microsoft");
    }

    private string Use(string weight)
    {
        _used.Add(weight);
        return weight;
    }

    // Of constants, joined once when the model is loaded.
    private string Join(IEnumerable<string> parts) => graph.Node("Concat", [.. parts], new() { ["axis"] = 0 });

    private string Cast(string x, ElementType to) => to == ElementType.Float ? x : graph.Node("Cast", [x], new() { ["to"] = (int)to });

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
