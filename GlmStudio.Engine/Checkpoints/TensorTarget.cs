namespace GlmStudio.Engine.Checkpoints;

/// <summary>What a tensor becomes in a converted copy.</summary>
/// <param name="Type">Type of its numbers; where they are quantized, of their scales.</param>
internal sealed record TensorTarget(TensorType Type)
{
    public static TensorTarget Singles { get; } = new(TensorType.F32);

    /// <summary>How its rows are quantized; null where they are not.</summary>
    public QuantizedFormat? Quantized { get; init; }

    /// <summary>What every number is multiplied by before it is stored.</summary>
    public float Factor { get; init; } = 1;

    /// <summary>Whether a tensor of this type would be copied as it is.</summary>
    public bool IsAlready(TensorType type) => Quantized is null && Factor == 1 && Type == type;

    /// <summary>Bytes a tensor takes then.</summary>
    public long Bytes(StoredTensor tensor) => Quantized is { } format
        ? QuantizedFormat.Shape(tensor).Rows * (format.RowBytes(tensor) + format.ZeroBytes(tensor) + format.Blocks(tensor) * Type.Size())
        : tensor.Count * Type.Size();
}

/// <summary>What becomes of each tensor of a checkpoint.</summary>
/// <param name="Name">Tells this plan's copies from those of others; part of a folder's name.</param>
/// <param name="Target">What a tensor becomes.</param>
internal sealed record ConversionPlan(string Name, Func<StoredTensor, TensorTarget> Target)
{
    /// <summary>Everything in 32 bits.</summary>
    public static ConversionPlan Singles { get; } = new("f32", _ => TensorTarget.Singles);

    /// <summary>Whether any tensor has to change.</summary>
    public bool IsNeeded(Checkpoint checkpoint) => checkpoint.Tensors.Any(t => !Target(t).IsAlready(t.Type));
}
