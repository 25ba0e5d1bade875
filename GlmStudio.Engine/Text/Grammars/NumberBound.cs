namespace GlmStudio.Engine.Text.Grammars;

/// <summary>One end of a range of numbers.</summary>
/// <param name="Value">The number at the end.</param>
/// <param name="IsOpen">Whether the number itself is outside.</param>
internal readonly record struct NumberBound(decimal Value, bool IsOpen = false)
{
    /// <summary>Numbers are smaller than this, whatever their bounds say.</summary>
    public const decimal Beyond = 1_000_000_000_000_000m;
}
