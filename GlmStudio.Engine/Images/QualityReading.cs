namespace GlmStudio.Engine.Images;

/// <summary>How good a picture is for reading.</summary>
/// <param name="Sharpness">Variance of the Laplacian of the grey picture at 1,000 pixels on its long side; low is blurred.</param>
/// <param name="Brightness">Mean grey, 0 black … 255 white.</param>
/// <param name="Clipped">Share of pixels that are black (at most 2) or burnt out (at least 253), 0 … 1. A clean scan's paper counts
/// too: high alone is no fault.</param>
/// <param name="Rotation">0 where lines of text run along the rows, 90 where they run along the columns (a quarter turn either
/// way), null where not known.</param>
/// <param name="Notes">What is wrong, as codes: <c>small</c>, <c>blurred</c>, <c>dark</c>, <c>bright</c>, <c>rotated</c>; see <see
/// cref="QualityMeter"/>.</param>
public sealed record QualityReading(double Sharpness, double Brightness, double Clipped, int? Rotation, IReadOnlyList<string> Notes);
