using System.Globalization;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>The text decoder as a graph: token ids (with image features in their places) → logits of the rows asked for.</summary>
/// <remarks>
/// <code>
/// ids [batch, n] ─ embed ─ put features at their rows ─ layers ×L ─ take rows ─ norm ─ head ─ logits [rows, vocabulary]
/// </code>
/// Inputs: <c>ids</c>; <c>feature_rows</c> [f, 1] and <c>features</c> [f, hidden] (flat row numbers batch·n; f may be 0); <c>cos</c>, <c>sin</c>
/// [places, rotary/2]: row i turns the token in place i of its sequence (RotaryTable); <c>logit_rows</c> [rows]; <c>last</c> [batch] = context length − 1;
/// <c>total</c> = longest context; and the caches <c>key.i</c>, <c>value.i</c> [batch, kv heads, capacity, head], written in place (<c>key.i.out</c> is the same memory).
/// </remarks>
internal static class TextGraph
{
    public const string Ids = "ids", FeatureRows = "feature_rows", Features = "features", Cos = "cos", Sin = "sin",
        LogitRows = "logit_rows", Last = "last", Total = "total", Logits = "logits", Told = "told";

    public const string EmbeddingTable = "model.language_model.embed_tokens.weight", HeadTable = "lm_head.weight";

    public static string Key(int layer) => string.Create(CultureInfo.InvariantCulture, $"key.{layer}");
    public static string Value(int layer) => string.Create(CultureInfo.InvariantCulture, $"value.{layer}");
    public static string Written(string cache) => $"{cache}.out";

    /// <summary>The graph of a checkpoint.</summary>
    /// <param name="checkpoint">Its weights.</param>
    /// <param name="config">The network.</param>
    /// <param name="arithmetic">In which numbers it computes.</param>
    /// <param name="isFused">Whether the session knows the <see cref="FusedOperators"/>.</param>
    /// <param name="addresses">Where its weights' addresses are written at every run, in the order of their use, behind one of another input; 0: nowhere. There is room for <see cref="MostWeights"/>.
    /// Matrices of 4-bit codes are then read by our own kernels alone, in their own order.</param>
    public static byte[] Build(Checkpoint checkpoint, TextConfig config, Arithmetic arithmetic, bool isFused = false, nint addresses = 0)
    {
        var graph = new GraphBuilder();
        return Build(graph, new Weights(checkpoint, graph), config, arithmetic, isFused, addresses);
    }

    /// <summary>No more than so many weights are told: at most three parts of a table, a head and four matrices a layer, with biases and norms.</summary>
    public static int MostWeights(TextConfig config) => 32 + 32 * config.Layers;

    public static byte[] Build(GraphBuilder graph, Weights weights, TextConfig config, Arithmetic arithmetic, bool isFused = false, nint addresses = 0)
    {
        var blocks = new Blocks(graph, weights, config.NormEpsilon, arithmetic.Type, isFused, areCodesOurs: addresses != 0);
        AddTo(graph, blocks, config, arithmetic);
        if (addresses != 0)
        {
            // With an input that is none of the weights, or the runtime would take it for a constant.
            graph.NodeInto(FusedOperators.Addresses, [Last, .. blocks.Used], [Told], new() { [FusedOperators.Target] = (long)addresses }, FusedOperators.Domain);
            graph.Declare(Told, ElementType.Float, 1, 1);
        }
        return graph.ToModel();
    }

    /// <summary>Adds the network to a graph; its weights are then <see cref="Blocks.Used"/>.</summary>
    internal static void AddTo(GraphBuilder graph, Blocks blocks, TextConfig config, Arithmetic arithmetic)
    {
        var residual = Embed(graph, blocks, config);
        var angles = (blocks.Input(Cos, "places", config.RotarySize / 2), blocks.Input(Sin, "places", config.RotarySize / 2));
        var heads = config.Heads + 2 * config.KeyValueHeads;
        var shape = graph.Node("Concat", [graph.Node("Shape", [Ids]), graph.Constant("width", [(long)heads * config.HeadSize], 1)], new() { ["axis"] = 0 });
        var shared = new Shared(angles, shape, graph.Input(Last, ElementType.Int32, "batch"), graph.Input(Total, ElementType.Int32), arithmetic);
        var x = blocks.RmsNorm(residual, $"{Name(0)}.input_layernorm", config.Hidden);
        for (var layer = 0; layer < config.Layers; layer++) (residual, x) = Layer(graph, blocks, config, residual, x, shared, layer);

        using var scope = graph.In("head");
        x = graph.Node("Gather", [x, graph.Input(LogitRows, ElementType.Int64, "rows")], new() { ["axis"] = 0 });
        blocks.Output(blocks.Head(x, config.TiedHead ? EmbeddingTable : HeadTable, config.Vocabulary, config.Hidden), Logits, "rows", config.Vocabulary);
    }

    // Shape: [batch, n, width of queries, keys and values].
    private sealed record Shared((string Cos, string Sin) Angles, string Shape, string Last, string Total, Arithmetic Arithmetic);

    private static string Embed(GraphBuilder graph, Blocks blocks, TextConfig config)
    {
        using var scope = graph.In("embed");
        var ids = graph.Input(Ids, ElementType.Int64, "batch", "n");
        var rows = graph.Input(FeatureRows, ElementType.Int64, "f", 1);
        var features = blocks.Input(Features, "f", config.Hidden);
        var tokens = blocks.Reshape(blocks.Rows(ids, EmbeddingTable, config.Vocabulary, config.Hidden), -1, config.Hidden);
        return graph.Node("ScatterND", [tokens, rows, features]);
    }

    private static string Name(int layer) => string.Create(CultureInfo.InvariantCulture, $"model.language_model.layers.{layer}");

    // "Sandwich" norms: r + post_self_attn(attn(input_layernorm r)), then r + post_mlp(mlp(post_attention r)). Both norms and the sum between them go together, so a
    // layer takes its input normalised and gives the next one's, after the last layer the head's.
    private static (string Residual, string Norm) Layer(GraphBuilder graph, Blocks blocks, TextConfig config, string residual, string x, Shared shared, int layer)
    {
        var name = Name(layer);
        using var scope = graph.In(string.Create(CultureInfo.InvariantCulture, $"layers.{layer}"));
        var scale = shared.Arithmetic.BranchScale;
        var attended = Attention(graph, blocks, config, x, shared, layer, $"{name}.self_attn");
        (residual, x) = blocks.NormAddNorm(residual, attended, $"{name}.post_self_attn_layernorm", $"{name}.post_attention_layernorm", config.Hidden, scale);
        var next = layer + 1 < config.Layers ? $"{Name(layer + 1)}.input_layernorm" : "model.language_model.norm";
        return blocks.NormAddNorm(residual, Mlp(graph, blocks, config, x, $"{name}.mlp"), $"{name}.post_mlp_layernorm", next, config.Hidden, scale);
    }

    //  x ─ q_proj │ k_proj │ v_proj ─ rotate queries and keys ─ grouped causal attention over the cache ─ o_proj
    //          one product                      key.i, value.i ⇄ in place
    private static string Attention(GraphBuilder graph, Blocks blocks, TextConfig config, string x, Shared shared, int layer, string name)
    {
        using var scope = graph.In("attn");
        var (wide, narrow) = (config.Heads * config.HeadSize, config.KeyValueHeads * config.HeadSize);
        var qkv = graph.Node("Reshape", [blocks.Linear(x, "qkv", [($"{name}.q_proj", wide), ($"{name}.k_proj", narrow), ($"{name}.v_proj", narrow)], config.Hidden, config.HasAttentionBias), shared.Shape]);
        object[] cache = ["batch", config.KeyValueHeads, "capacity", config.HeadSize];
        var (pastKey, pastValue) = (graph.Input(Key(layer), shared.Arithmetic.Type, cache), graph.Input(Value(layer), shared.Arithmetic.Type, cache));
        string[] written = [$"{pastKey}/attended", Written(pastKey), Written(pastValue)];
        graph.NodeInto("GroupQueryAttention", [qkv, "", "", pastKey, pastValue, shared.Last, shared.Total, shared.Angles.Cos, shared.Angles.Sin], written,
            new() { ["num_heads"] = config.Heads, ["kv_num_heads"] = config.KeyValueHeads, ["do_rotary"] = 1, ["rotary_interleaved"] = 1 }, "com.microsoft");
        foreach (var output in written[1..]) graph.Declare(output, shared.Arithmetic.Type, cache);
        return blocks.Linear(blocks.Reshape(written[0], -1, wide), $"{name}.o_proj", config.Hidden, wide);
    }

    // One matrix holds gate (first half of its rows) and up.
    private static string Mlp(GraphBuilder graph, Blocks blocks, TextConfig config, string x, string name)
    {
        using var scope = graph.In("mlp");
        var both = blocks.Linear(x, $"{name}.gate_up_proj", 2 * config.Intermediate, config.Hidden);
        return blocks.Linear(blocks.SwiGlu(both, config.Intermediate), $"{name}.down_proj", config.Hidden, config.Intermediate);
    }
}
