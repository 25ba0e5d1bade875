using GlmStudio.Engine.Checkpoints;

namespace GlmStudio.Engine.Model;

/// <summary>How the weights of a checkpoint are held: the type of what is not quantized, and the format of each part's matrices.</summary>
/// <param name="Arithmetic">In which numbers the network computes.</param>
internal sealed record WeightPlan(Arithmetic Arithmetic)
{
    private const string Layers = "model.language_model.layers.", Vision = "model.visual.";

    /// <summary>Matrices of the text's layers.</summary>
    public QuantizedFormat? Text { get; init; }

    /// <summary>Matrices of the vision tower; its position table is never quantized.</summary>
    public QuantizedFormat? Tower { get; init; }

    /// <summary>The table of token embeddings. Where it is the head too, this decides for both.</summary>
    public QuantizedFormat? Embeddings { get; init; }

    /// <summary>The output head.</summary>
    public QuantizedFormat? Head { get; init; }

    /// <summary>The plan in terms of tensors.</summary>
    public ConversionPlan ToConversion()
    {
        static string Word(char part, QuantizedFormat? format) => format is null ? "" : $"-{part}{format.Bits}b{format.Block}";
        var name = $"{Arithmetic.Stored.ToString().ToLowerInvariant()}{(Arithmetic.BranchScale == 1 ? "" : "s")}{Word('t', Text)}{Word('v', Tower)}{Word('e', Embeddings)}{Word('h', Head)}";
        return new ConversionPlan(name, t => new TensorTarget(Arithmetic.Stored) { Quantized = FormatOf(t), Factor = IsBranchOutput(t.Name) ? Arithmetic.BranchScale : 1 });
    }

    private QuantizedFormat? FormatOf(StoredTensor tensor)
    {
        if (tensor.Shape.Count < 2 || !tensor.Name.EndsWith(".weight", StringComparison.Ordinal)) return null;
        if (tensor.Name.StartsWith(Layers, StringComparison.Ordinal)) return Text;
        if (tensor.Name.StartsWith(Vision, StringComparison.Ordinal)) return tensor.Name == VisionGraph.PositionTable ? null : Tower;
        return tensor.Name == TextGraph.HeadTable ? Head : tensor.Name == TextGraph.EmbeddingTable ? WholeBlocks(Embeddings, tensor) : null;
    }

    // A row of the table is fetched by its blocks, none of which may be cut off.
    private static QuantizedFormat? WholeBlocks(QuantizedFormat? format, StoredTensor table) =>
        format is not null && QuantizedFormat.Shape(table).Columns % format.Block == 0 ? format : null;

    private static bool IsBranchOutput(string name) => name.StartsWith(Layers, StringComparison.Ordinal)
        && (name.EndsWith(".o_proj.weight", StringComparison.Ordinal) || name.EndsWith(".down_proj.weight", StringComparison.Ordinal));
}
