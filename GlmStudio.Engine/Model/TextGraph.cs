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
/// [batch, n, rotary/2]; <c>logit_rows</c> [rows]; <c>last</c> [batch] = context length − 1; <c>total</c> = longest context; and the caches
/// <c>key.i</c>, <c>value.i</c> [batch, kv heads, capacity, head], written in place (<c>key.i.out</c> is the same memory).
/// </remarks>
internal static class TextGraph
{
    public const string Ids = "ids", FeatureRows = "feature_rows", Features = "features", Cos = "cos", Sin = "sin",
        LogitRows = "logit_rows", Last = "last", Total = "total", Logits = "logits";

    public const string EmbeddingTable = "model.language_model.embed_tokens.weight", HeadTable = "lm_head.weight";

    public static string Key(int layer) => string.Create(CultureInfo.InvariantCulture, $"key.{layer}");
    public static string Value(int layer) => string.Create(CultureInfo.InvariantCulture, $"value.{layer}");
    public static string Written(string cache) => $"{cache}.out";

    public static byte[] Build(Checkpoint checkpoint, TextConfig config, Arithmetic arithmetic)
    {
        var graph = new GraphBuilder();
        return Build(graph, new Weights(checkpoint, graph), config, arithmetic);
    }

    public static byte[] Build(GraphBuilder graph, Weights weights, TextConfig config, Arithmetic arithmetic)
    {
        var blocks = new Blocks(graph, weights, config.NormEpsilon, arithmetic.Type);
        var x = Embed(graph, blocks, config);
        var shared = new Shared((blocks.Input(Cos, "batch", "n", config.RotarySize / 2), blocks.Input(Sin, "batch", "n", config.RotarySize / 2)),
            graph.Node("Shape", [Ids]), graph.Input(Last, ElementType.Int32, "batch"), graph.Input(Total, ElementType.Int32), arithmetic);
        for (var layer = 0; layer < config.Layers; layer++) x = Layer(graph, blocks, config, x, shared, layer);

        using var scope = graph.In("head");
        x = graph.Node("Gather", [x, graph.Input(LogitRows, ElementType.Int64, "rows")], new() { ["axis"] = 0 });
        x = blocks.RmsNorm(x, "model.language_model.norm", config.Hidden);
        blocks.Output(blocks.Head(x, config.TiedHead ? EmbeddingTable : HeadTable, config.Vocabulary, config.Hidden), Logits, "rows", config.Vocabulary);
        return graph.ToModel();
    }

    private sealed record Shared((string Cos, string Sin) Angles, string IdShape, string Last, string Total, Arithmetic Arithmetic);

    private static string Embed(GraphBuilder graph, Blocks blocks, TextConfig config)
    {
        using var scope = graph.In("embed");
        var ids = graph.Input(Ids, ElementType.Int64, "batch", "n");
        var rows = graph.Input(FeatureRows, ElementType.Int64, "f", 1);
        var features = blocks.Input(Features, "f", config.Hidden);
        var tokens = blocks.Reshape(blocks.Rows(ids, EmbeddingTable, config.Vocabulary, config.Hidden), -1, config.Hidden);
        return graph.Node("ScatterND", [tokens, rows, features]);
    }

    // "Sandwich" norms: r + post_self_attn(attn(input_layernorm x)), then r + post_mlp(mlp(post_attention x)).
    private static string Layer(GraphBuilder graph, Blocks blocks, TextConfig config, string x, Shared shared, int layer)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"model.language_model.layers.{layer}");
        using var scope = graph.In(string.Create(CultureInfo.InvariantCulture, $"layers.{layer}"));
        var attended = Attention(graph, blocks, config, blocks.RmsNorm(x, $"{name}.input_layernorm", config.Hidden), shared, layer, $"{name}.self_attn");
        x = blocks.Add(x, blocks.RmsNorm(attended, $"{name}.post_self_attn_layernorm", config.Hidden, shared.Arithmetic.BranchScale));
        var mixed = Mlp(graph, blocks, config, blocks.RmsNorm(x, $"{name}.post_attention_layernorm", config.Hidden), $"{name}.mlp");
        return blocks.Add(x, blocks.RmsNorm(mixed, $"{name}.post_mlp_layernorm", config.Hidden, shared.Arithmetic.BranchScale));
    }

    //  x ┬ q_proj ─ rotate ┐
    //    ├ k_proj ─ rotate ┼─ grouped causal attention over the cache ─ o_proj
    //    └ v_proj ─────────┘        key.i, value.i ⇄ in place
    private static string Attention(GraphBuilder graph, Blocks blocks, TextConfig config, string x, Shared shared, int layer, string name)
    {
        using var scope = graph.In("attn");
        var q = blocks.Rotate(Project("q_proj", config.Heads), shared.Angles, config.Heads, config.RotarySize, interleaved: true);
        var k = blocks.Rotate(Project("k_proj", config.KeyValueHeads), shared.Angles, config.KeyValueHeads, config.RotarySize, interleaved: true);
        var v = Project("v_proj", config.KeyValueHeads);
        object[] cache = ["batch", config.KeyValueHeads, "capacity", config.HeadSize];
        var (pastKey, pastValue) = (graph.Input(Key(layer), shared.Arithmetic.Type, cache), graph.Input(Value(layer), shared.Arithmetic.Type, cache));
        string[] written = [$"{pastKey}/attended", Written(pastKey), Written(pastValue)];
        graph.NodeInto("GroupQueryAttention", [q, k, v, pastKey, pastValue, shared.Last, shared.Total], written,
            new() { ["num_heads"] = config.Heads, ["kv_num_heads"] = config.KeyValueHeads }, "com.microsoft");
        foreach (var output in written[1..]) graph.Declare(output, shared.Arithmetic.Type, cache);
        return blocks.Linear(blocks.Reshape(written[0], -1, config.Heads * config.HeadSize), $"{name}.o_proj", config.Hidden, config.Heads * config.HeadSize);

        // [batch·n, hidden] → [batch, n, heads·size]: the batch and n of the ids, the width inferred.
        string Project(string part, int heads)
        {
            var rows = blocks.Linear(x, $"{name}.{part}", heads * config.HeadSize, config.Hidden, config.HasAttentionBias);
            return graph.Node("Reshape", [rows, graph.Node("Concat", [shared.IdShape, graph.Constant("width", [(long)heads * config.HeadSize], 1)], new() { ["axis"] = 0 })]);
        }
    }

    // One matrix holds gate (first half of its rows) and up.
    private static string Mlp(GraphBuilder graph, Blocks blocks, TextConfig config, string x, string name)
    {
        using var scope = graph.In("mlp");
        var both = graph.Nodes("Split", [blocks.Linear(x, $"{name}.gate_up_proj", 2 * config.Intermediate, config.Hidden)], 2, new() { ["axis"] = -1, ["num_outputs"] = 2 });
        return blocks.Linear(blocks.SwiGlu(both[0], both[1]), $"{name}.down_proj", config.Hidden, config.Intermediate);
    }
}
