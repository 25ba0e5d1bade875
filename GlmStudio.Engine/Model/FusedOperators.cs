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
}
