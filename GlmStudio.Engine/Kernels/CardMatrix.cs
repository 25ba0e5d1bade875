namespace GlmStudio.Engine.Kernels;

/// <summary>A matrix of weights on a card, [outputs, inputs].</summary>
/// <param name="Outputs">Its rows.</param>
/// <param name="Inputs">Its columns.</param>
/// <param name="Format">How it is held.</param>
/// <param name="Numbers">Address of the numbers, or of the codes.</param>
/// <param name="Scales">Address of the scales of codes.</param>
/// <param name="Zeros">Address of the zero points of codes.</param>
internal readonly record struct CardMatrix(int Outputs, int Inputs, CodeFormat Format, nint Numbers, nint Scales = 0, nint Zeros = 0)
{
    /// <summary>Outputs that a block of threads makes.</summary>
    public const int Tile = 16;

    /// <summary>Blocks of a row.</summary>
    public int Blocks => Inputs / Format.Block;
}
