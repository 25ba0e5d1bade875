using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Model;

/// <summary>Names of the operators that sessions on a card add to ONNX Runtime's. Values are matrices [rows, width]; widths are multiples of eight.</summary>
internal static class FusedOperators
{
    /// <summary>Numbers that a kernel reads at a time.</summary>
    public const int Width = 8;

    public const string Domain = GraphBuilder.OwnDomain;

    /// <summary>Attributes of <see cref="NormAddNorm"/>.</summary>
    public const string BranchEpsilon = "branch_epsilon", NextEpsilon = "next_epsilon";

    /// <summary>gate and up beside each other [rows, 2·width] → silu(gate) · up.</summary>
    public static string SwiGlu(ElementType type) => $"SwiGlu{type}";

    /// <summary>residual, branch, and the weights of two norms → residual + norm(branch), and the norm of that.</summary>
    public static string NormAddNorm(ElementType type) => $"NormAddNorm{type}";

    /// <summary>Attributes of <see cref="CodedProduct"/>: rows of its weight, and the numbers of a block.</summary>
    public const string Outputs = "outputs", Block = "block";

    /// <summary>Any number of inputs; where they are on the card is written to the processor's memory at the address that <see cref="Target"/> gives. Its output says nothing.</summary>
    public const string Addresses = "Addresses";

    /// <summary>Attribute of <see cref="Addresses"/>.</summary>
    public const string Target = "target";

    /// <summary>x [rows, inputs] and codes of 4 bits, scales and zero points of a weight [outputs, inputs] → x·Wᵀ. The codes are put in another order in place when it first runs, so nothing else may read them.</summary>
    public static string CodedProduct(ElementType type) => $"CodedProduct{type}";
}
