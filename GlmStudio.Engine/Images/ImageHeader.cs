namespace GlmStudio.Engine.Images;

/// <summary>What a file says about itself before any pixel is decoded.</summary>
/// <param name="Format">The format by its first bytes.</param>
/// <param name="Width">Width in pixels of the upright first page (for a PDF at <see cref="ImageLimits.RenderDpi"/>).</param>
/// <param name="Height">Height in pixels of the upright first page.</param>
/// <param name="PageCount">Pages of a PDF or frames of a TIFF; 1 for everything else.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, int PageCount);
