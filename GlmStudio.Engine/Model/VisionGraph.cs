using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>The vision tower as a graph: the patches of images → one feature for every square of <c>MergeSize²</c> patches. Images of one run have equally many patches.</summary>
/// <remarks>
/// <code>
/// pixels ─ numbers [images · patches, 1176] ─ patch_embed ─ (norm ─ + interp·table) ─ blocks ×depth ─ norm ─ downsample ─ merger ─ features [images · patches / 4, out]
/// </code>
/// Images stand one after the other. Inputs: <c>pixels</c>, the bytes of one frame [images · patches, 588]; those of <see cref="GridTables"/> for every different grid: <c>rows</c>, <c>columns</c> [patches of
/// grids], in which each patch lies, and of the rows and of the columns <c>cos</c>, <c>sin</c> [rows or columns, head/4] and with a position table <c>interp</c> [rows or columns, cells]; <c>places</c> [images, patches]:
/// which of these patches is each image's, so that images may differ in height and width. Where images are filled up to a length, <c>lengths</c> [images] says how many patches are theirs.
/// </remarks>
internal static class VisionGraph
{
    public const string Pixels = "pixels", Rows = "rows", Columns = "columns", Places = "places", Lengths = "lengths", Features = "features";

    public const string PositionTable = "model.visual.embeddings.position_embedding.weight";

    /// <summary>Cosines of the rows, or of the columns.</summary>
    public static string CosOf(string axis) => $"{axis}.cos";

    /// <summary>Sines of the rows, or of the columns.</summary>
    public static string SinOf(string axis) => $"{axis}.sin";

    /// <summary>What the rows, or the columns, take of the position table's.</summary>
    public static string InterpolationOf(string axis) => $"{axis}.interp";

    public static byte[] Build(Checkpoint checkpoint, VisionConfig config, Arithmetic arithmetic, bool isFused = false, bool isFilled = false)
    {
        var graph = new GraphBuilder();
        return Build(graph, new Weights(checkpoint, graph), config, PreprocessorConfig.Read(checkpoint, config), arithmetic, isFused, isFilled);
    }

    /// <summary>Builds it.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="config">Sizes of the tower.</param>
    /// <param name="pixels">How bytes become numbers.</param>
    /// <param name="arithmetic">In which numbers it computes.</param>
    /// <param name="isFused">Whether the session knows the <see cref="FusedOperators"/>.</param>
    /// <param name="isFilled">Whether images are filled up to a length; attention then leaves out what is not theirs.</param>
    public static byte[] Build(GraphBuilder graph, Weights weights, VisionConfig config, PreprocessorConfig pixels, Arithmetic arithmetic, bool isFused = false, bool isFilled = false)
    {
        var blocks = new Blocks(graph, weights, config.NormEpsilon, arithmetic.Type, isFused);
        var (rows, columns) = (Axis.Input(graph, blocks, config, Rows), Axis.Input(graph, blocks, config, Columns));
        var places = graph.Input(Places, ElementType.Int64, "images", "patches");
        var lengths = isFilled ? graph.Input(Lengths, ElementType.Int32, "images") : null;

        using var scope = graph.In("visual");
        var x = Embed(graph, weights, blocks, config, Numbers(graph, blocks, config, pixels), rows, columns, places);
        // A patch's row in front of its column.
        var angles = (graph.Node("Concat", [rows.OfPatches(graph, rows.Cos), columns.OfPatches(graph, columns.Cos)], new() { ["axis"] = 1 }),
            graph.Node("Concat", [rows.OfPatches(graph, rows.Sin), columns.OfPatches(graph, columns.Sin)], new() { ["axis"] = 1 }));
        // [images, patches, 3·hidden]
        var shape = graph.Node("Concat", [graph.Node("Shape", [places]), graph.Constant("width", [3L * config.Hidden], 1)], new() { ["axis"] = 0 });
        for (var layer = 0; layer < config.Depth; layer++) x = Block(graph, blocks, config, x, new Shared(angles, places, lengths, shape), layer);
        x = blocks.RmsNorm(x, "model.visual.post_layernorm", config.Hidden);
        x = Downsample(graph, blocks, config, x);
        blocks.Output(Merge(graph, weights, blocks, config, x), Features, "features", config.OutHidden);
        return graph.ToModel();
    }

    // What is known of the rows of grids, or of their columns, and in which each patch lies.
    private sealed record Axis(string Places, string Cos, string Sin, string? Interpolation)
    {
        public static Axis Input(GraphBuilder graph, Blocks blocks, VisionConfig config, string name) => new(graph.Input(name, ElementType.Int64, "patches of grids"),
            blocks.Input(CosOf(name), name, config.HeadSize / 4), blocks.Input(SinOf(name), name, config.HeadSize / 4),
            config.PositionGrid > 0 ? graph.Input(InterpolationOf(name), ElementType.Float, name, config.PositionGrid) : null);

        public string OfPatches(GraphBuilder graph, string table) => graph.Node("Gather", [table, Places]);
    }

    private sealed record Shared((string Cos, string Sin) Angles, string Places, string? Lengths, string Shape);

    // The convolution's stride is its kernel, so it is one matrix product. The position is added after the norm.
    private static string Embed(GraphBuilder graph, Weights weights, Blocks blocks, VisionConfig config, string pixels, Axis rows, Axis columns, string places)
    {
        var x = blocks.Linear(pixels, "model.visual.patch_embed.proj", config.Hidden, [config.Hidden, 3, config.TemporalPatchSize, config.PatchSize, config.PatchSize]);
        if (config.HasEmbeddingNorm) x = blocks.RmsNorm(x, "model.visual.post_conv_layernorm", config.Hidden);
        if (rows.Interpolation is null) return x;
        var positions = blocks.Type == ElementType.Float ? ResampledApart(graph, weights, blocks, config, rows, columns) : Resampled(graph, weights, blocks, config, rows, columns);
        return blocks.Add(x, graph.Node("Gather", [positions, blocks.Reshape(places, -1)], new() { ["axis"] = 0 }));
    }

    // The position table at every patch: [patches of grids, hidden]. Its weights for the cells are multiplied in 32 bits and rounded once.
    private static string Resampled(GraphBuilder graph, Weights weights, Blocks blocks, VisionConfig config, Axis rows, Axis columns)
    {
        var cells = config.PositionGrid;
        var matrix = graph.Node("Mul", [blocks.Reshape(rows.OfPatches(graph, rows.Interpolation!), -1, cells, 1), blocks.Reshape(columns.OfPatches(graph, columns.Interpolation!), -1, 1, cells)]);
        return graph.Node("MatMul", [blocks.Narrow(blocks.Reshape(matrix, -1, cells * cells)), weights.Get(PositionTable, cells * cells, config.Hidden)]);
    }

    // The same by rows first and by columns then, a twelfth of the work and none of the matrix; in 16 bits it would round what lies between.
    private static string ResampledApart(GraphBuilder graph, Weights weights, Blocks blocks, VisionConfig config, Axis rows, Axis columns)
    {
        var (cells, hidden) = (config.PositionGrid, config.Hidden);
        var table = blocks.Reshape(weights.Get(PositionTable, cells * cells, hidden), cells, cells * hidden);
        // [rows, cells · hidden] → [cells, rows · hidden] → [columns · rows, hidden]
        var byRows = graph.Node("Transpose", [blocks.Reshape(graph.Node("MatMul", [rows.Interpolation!, table]), -1, cells, hidden)], new() { ["perm"] = new long[] { 1, 0, 2 } });
        var byBoth = blocks.Reshape(graph.Node("MatMul", [columns.Interpolation!, blocks.Reshape(byRows, cells, -1)]), -1, hidden);
        var height = graph.Node("Gather", [graph.Node("Shape", [rows.Interpolation!]), graph.Constant("first", [0L])]);
        return graph.Node("Gather", [byBoth, graph.Node("Add", [graph.Node("Mul", [columns.Places, height]), rows.Places])]);
    }

    // (x − 255·mean) / (255·deviation) of every channel in 32 bits; the frames of a still image are the same.
    private static string Numbers(GraphBuilder graph, Blocks blocks, VisionConfig config, PreprocessorConfig pixels)
    {
        using var scope = graph.In("pixels");
        var area = config.PatchSize * config.PatchSize;
        float[] factors = [.. pixels.Deviation.Select(d => (float)(1 / (255 * d)))], shifts = [.. pixels.Mean.Zip(pixels.Deviation, (mean, deviation) => (float)(-mean / deviation))];
        var bytes = blocks.Reshape(graph.Node("Cast", [graph.Input(Pixels, ElementType.UInt8, "rows", 3 * area)], new() { ["to"] = (int)ElementType.Float }), -1, 3, 1, area);
        var numbers = graph.Node("Add", [graph.Node("Mul", [bytes, graph.Constant("factors", factors, 1, 3, 1, 1)]), graph.Constant("shifts", shifts, 1, 3, 1, 1)]);
        var frames = graph.Node("Concat", [.. Enumerable.Repeat(blocks.Narrow(numbers), config.TemporalPatchSize)], new() { ["axis"] = 2 });
        return blocks.Reshape(frames, -1, config.PatchLength);
    }

    // x + attn(norm1 x), then x + mlp(norm2 x); attention sees the whole image and no other.
    private static string Block(GraphBuilder graph, Blocks blocks, VisionConfig config, string x, Shared shared, int layer)
    {
        var name = $"model.visual.blocks.{layer}";
        using var scope = graph.In($"blocks.{layer}");
        x = blocks.Add(x, Attention(graph, blocks, config, blocks.RmsNorm(x, $"{name}.norm1", config.Hidden), shared, $"{name}.attn"));
        return blocks.Add(x, blocks.GatedMlp(blocks.RmsNorm(x, $"{name}.norm2", config.Hidden), $"{name}.mlp", config.MlpWidth, config.Hidden, config.HasBias));
    }

    //  x ─ qkv ─ split ┬ q ─ (head norm) ─ rotate ┐
    //                  ├ k ─ (head norm) ─ rotate ┼─ softmax(qkᵀ/√d)·v ─ proj
    //                  └ v ───────────────────────┘
    private static string Attention(GraphBuilder graph, Blocks blocks, VisionConfig config, string x, Shared shared, string name)
    {
        using var scope = graph.In("attn");
        var qkv = graph.Node("Reshape", [blocks.Linear(x, $"{name}.qkv", 3 * config.Hidden, config.Hidden, config.HasQueryBias), shared.Shape]);
        var parts = graph.Nodes("Split", [qkv], 3, new() { ["axis"] = -1, ["num_outputs"] = 3 });
        var (q, k) = (parts[0], parts[1]);
        if (config.HasHeadNorm) (q, k) = (HeadNorm(q, $"{name}.q_norm"), HeadNorm(k, $"{name}.k_norm"));
        q = blocks.Rotate(q, shared.Places, shared.Angles, config.Heads);
        k = blocks.Rotate(k, shared.Places, shared.Angles, config.Heads);
        var mixed = graph.Node("MultiHeadAttention", [q, k, parts[2], .. shared.Lengths is { } lengths ? (string[])["", lengths] : []], new() { ["num_heads"] = config.Heads }, "com.microsoft");
        return blocks.Linear(blocks.Reshape(mixed, -1, config.Hidden), $"{name}.proj", config.Hidden, config.Hidden, config.HasBias);

        string HeadNorm(string heads, string norm) =>
            blocks.Reshape(blocks.RmsNorm(blocks.Reshape(heads, 0, 0, config.Heads, config.HeadSize), norm, config.HeadSize), 0, 0, config.Hidden);
    }

    // Four neighbours, stored one after another, become one row in the order of the convolution's weight: channel, then row and column.
    private static string Downsample(GraphBuilder graph, Blocks blocks, VisionConfig config, string x)
    {
        var square = config.MergeSize * config.MergeSize;
        var windows = graph.Node("Transpose", [blocks.Reshape(x, -1, square, config.Hidden)], new() { ["perm"] = new long[] { 0, 2, 1 } });
        return blocks.Linear(blocks.Reshape(windows, -1, square * config.Hidden), "model.visual.downsample", config.OutHidden,
            [config.OutHidden, config.Hidden, config.MergeSize, config.MergeSize]);
    }

    // down(silu(gate h)·(up h)) with h = gelu(layernorm(proj x)); the exact (erf) gelu.
    private static string Merge(GraphBuilder graph, Weights weights, Blocks blocks, VisionConfig config, string x)
    {
        const string name = "model.visual.merger";
        var h = blocks.Linear(x, $"{name}.proj", config.OutHidden, config.OutHidden);
        h = graph.Node("LayerNormalization",
            [h, weights.Get($"{name}.post_projection_norm.weight", config.OutHidden), weights.Get($"{name}.post_projection_norm.bias", config.OutHidden)],
            new() { ["axis"] = -1, ["epsilon"] = 1e-5f });
        return blocks.GatedMlp(graph.Node("Gelu", [h], new() { ["approximate"] = "none" }), name, config.MergerWidth, config.OutHidden, bias: false);
    }
}
