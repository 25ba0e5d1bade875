namespace GlmStudio.Engine.Model;

/// <summary>The size an image is brought to before it is cut into patches: sides that whole features fill, and a pixel volume within limits.</summary>
/// <remarks>transformers, glm46v, smart_resize, with the frames of a still image counted as the reference counts them.</remarks>
internal static class SmartResize
{
    private const double MaxAspect = 200;

    /// <param name="height">Pixels of the upright image.</param>
    /// <param name="width">Pixels of the upright image.</param>
    /// <param name="config">Patch and merge sizes and the limits of the volume (height × width × frames).</param>
    /// <exception cref="EngineException">The image is more than 200 times longer than wide.</exception>
    public static (int Height, int Width) Of(int height, int width, PreprocessorConfig config)
    {
        var factor = config.PatchSize * config.MergeSize;
        if (height < factor || width < factor)
        {
            var scale = Math.Max((double)factor / height, (double)factor / width);
            (height, width) = ((int)(height * scale), (int)(width * scale));
        }
        if ((double)Math.Max(height, width) / Math.Min(height, width) > MaxAspect)
            throw new EngineException(EngineFault.BadRequest, $"The image is {width}×{height} pixels after the smallest scaling; a side may be at most {MaxAspect} times the other. Cut it into pieces.");
        // Rounds halves to even, as Python does.
        var (h, w) = ((int)Math.Round((double)height / factor) * factor, (int)Math.Round((double)width / factor) * factor);
        var frames = (double)config.TemporalPatchSize;
        if (frames * h * w > config.MaxVolume)
        {
            var shrink = Math.Sqrt(frames * height * width / config.MaxVolume);
            return (Math.Max(factor, (int)Math.Floor(height / shrink / factor) * factor), Math.Max(factor, (int)Math.Floor(width / shrink / factor) * factor));
        }
        if (frames * h * w < config.MinVolume)
        {
            var grow = Math.Sqrt(config.MinVolume / (frames * height * width));
            return ((int)Math.Ceiling(height * grow / factor) * factor, (int)Math.Ceiling(width * grow / factor) * factor);
        }
        return (h, w);
    }
}
