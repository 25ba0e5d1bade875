namespace GlmStudio.Engine.Kernels;

/// <summary>Starts kernels that do the same to every row (<c>Norms.cu</c>).</summary>
internal static class RowKernels
{
    private const int GateThreads = 256, MostNormThreads = 512;

    /// <summary>silu(gate)·up of both beside each other, the gate in front: [rows, 2·width] → [rows, width].</summary>
    public static void Gate(KernelLauncher kernels, nint both, nint y, long rows, long width)
    {
        var total = rows * width / 8;
        if (total > 0) kernels.Launch("swiglu", new((total + GateThreads - 1) / GateThreads), GateThreads, 0, both, y, width / 8, total);
    }

    /// <summary>sum = residual + norm(branch)·first, norm = norm(sum)·second; the sum may be written where the residual is read.</summary>
    public static void NormAddNorm(KernelLauncher kernels, nint residual, nint branch, nint first, nint second, nint sum, nint norm, long rows, int width, float firstEpsilon, float secondEpsilon)
    {
        if (rows > 0)
            kernels.Launch("norm_add_norm", new(rows), NormThreads(width), width * sizeof(float), residual, branch, first, second, sum, norm, width / 8,
                KernelLauncher.Bits(firstEpsilon), KernelLauncher.Bits(secondEpsilon));
    }

    /// <summary>Threads of a row's block: one for every eight numbers, in whole warps.</summary>
    public static int NormThreads(int width) => Math.Min(MostNormThreads, (width / 8 + 31) / 32 * 32);
}
