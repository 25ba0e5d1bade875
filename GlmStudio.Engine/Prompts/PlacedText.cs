namespace GlmStudio.Engine.Prompts;

/// <summary>One printed line and where it stands on the upright page.</summary>
/// <param name="Left">Left edge, 0 … 1 of the page's width.</param>
/// <param name="Right">Right edge, 0 … 1 of the page's width.</param>
/// <param name="Middle">Vertical middle, 0 … 1 of the page's height.</param>
/// <param name="Text">What is printed.</param>
public readonly record struct PlacedText(double Left, double Right, double Middle, string Text);
