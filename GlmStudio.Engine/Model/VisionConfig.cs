namespace GlmStudio.Engine.Model;

/// <summary>Sizes of the vision tower.</summary>
/// <param name="Depth">Transformer blocks.</param>
/// <param name="Hidden">Width of the residual stream.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="MlpWidth">Width of the blocks' gated MLP.</param>
/// <param name="OutHidden">Width of an image feature; equals the text's hidden size.</param>
/// <param name="MergerWidth">Width of the merger's gated MLP.</param>
/// <param name="PatchSize">Pixels of a patch's side.</param>
/// <param name="TemporalPatchSize">Frames of a patch; a still image fills them with copies.</param>
/// <param name="MergeSize">Side of the square of patches that becomes one feature.</param>
/// <param name="PositionGrid">Side of the learned position table, or 0 where there is none.</param>
/// <param name="NormEpsilon">Epsilon of every RMSNorm.</param>
/// <param name="HasQueryBias">Whether queries, keys and values have biases.</param>
/// <param name="HasBias">Whether the attention's output and the MLP have biases.</param>
/// <param name="HasHeadNorm">Whether queries and keys are normalised per head.</param>
/// <param name="HasEmbeddingNorm">Whether the patch embedding is normalised before the blocks.</param>
public sealed record VisionConfig(
    int Depth, int Hidden, int Heads, int MlpWidth, int OutHidden, int MergerWidth, int PatchSize, int TemporalPatchSize, int MergeSize,
    int PositionGrid, float NormEpsilon, bool HasQueryBias, bool HasBias, bool HasHeadNorm, bool HasEmbeddingNorm)
{
    /// <summary>Width of a head.</summary>
    public int HeadSize => Hidden / Heads;

    /// <summary>Numbers of one flattened patch: channels × frames × pixels.</summary>
    public int PatchLength => 3 * TemporalPatchSize * PatchSize * PatchSize;

    // The MLP's width stands under different names: glm4v takes out_hidden_size for the blocks and intermediate_size for the merger,
    // glm_ocr takes intermediate_size for the blocks and out_hidden_size * channels for the merger.
    internal static VisionConfig Read(ConfigReader vision, GlmFamily family)
    {
        var ocr = family == GlmFamily.GlmOcr;
        var (intermediate, output) = (vision.Integer("intermediate_size", 8, 1 << 20), vision.Integer("out_hidden_size", 8, 65536));
        var patch = vision.Integer("patch_size", 2, 64, 14);
        var channels = vision.Integer("in_channels", 3, 3, 3);
        var bias = vision.Flag("attention_bias", ocr);
        return new VisionConfig(
            vision.Integer("depth", 1, 512), vision.Integer("hidden_size", 8, 65536), vision.Integer("num_heads", 1, 1024),
            ocr ? intermediate : output, output, ocr ? output * channels : intermediate, patch, vision.Integer("temporal_patch_size", 1, 4, 2),
            vision.Integer("spatial_merge_size", 1, 8, 2), ocr ? 0 : vision.Integer("image_size", patch, 8192, 336) / patch,
            (float)vision.Number("rms_norm_eps", 1e-5), bias, bias && ocr, ocr, !ocr);
    }
}
