using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>In which numbers a network computes; weights are stored in the same.</summary>
/// <param name="Stored">The type of weights and scales.</param>
/// <param name="Type">The same type as a graph names it.</param>
internal sealed record Arithmetic(TensorType Stored, ElementType Type)
{
    public static Arithmetic Singles { get; } = new(TensorType.F32, ElementType.Float);
    public static Arithmetic Halves { get; } = new(TensorType.F16, ElementType.Float16) { BranchScale = 1f / 16 };
    public static Arithmetic Brains { get; } = new(TensorType.BF16, ElementType.BFloat16);

    /// <summary>What the weights of the text's branch outputs (o_proj, down_proj) are multiplied by.</summary>
    /// <remarks>
    /// Real activations there pass 65,504, the largest 16-bit float. Each output goes straight into an RMSNorm, and
    /// norm(s·y, s²·ε) = s·y / sqrt(s²·mean(y²) + s²·ε) = norm(y, ε): a constant changes nothing but the range. A power of two, so that it only moves exponents.
    /// </remarks>
    public float BranchScale { get; init; } = 1;
}
