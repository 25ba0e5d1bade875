using GlmStudio.Engine.Checkpoints;

namespace GlmStudio.Engine.Model;

/// <summary><c>preprocessor_config.json</c>: how pixels become the network's numbers.</summary>
/// <param name="PatchSize">Pixels of a patch's side.</param>
/// <param name="MergeSize">Patches of a feature's side.</param>
/// <param name="TemporalPatchSize">Frames of a patch.</param>
/// <param name="MinVolume">Least height × width × frames after resizing.</param>
/// <param name="MaxVolume">Most height × width × frames after resizing.</param>
/// <param name="Mean">Mean of red, green and blue, 0 … 1.</param>
/// <param name="Deviation">Standard deviation of each.</param>
public sealed record PreprocessorConfig(int PatchSize, int MergeSize, int TemporalPatchSize, double MinVolume, double MaxVolume, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    // OpenAI CLIP's statistics, the class's defaults.
    private static readonly double[] ClipMean = [0.48145466, 0.4578275, 0.40821073], ClipDeviation = [0.26862954, 0.26130258, 0.27577711];

    internal static PreprocessorConfig Default(VisionConfig vision) =>
        new(vision.PatchSize, vision.MergeSize, vision.TemporalPatchSize, 112 * 112, 28 * 28 * 15000, ClipMean, ClipDeviation);

    internal static PreprocessorConfig Read(Checkpoint checkpoint, VisionConfig vision)
    {
        var file = checkpoint.Optional("preprocessor_config.json");
        if (file is not { } json) return Default(vision);
        var config = new ConfigReader(json, "");
        var size = config.OptionalSection("size");
        var read = new PreprocessorConfig(
            config.Integer("patch_size", 2, 64, vision.PatchSize), config.Integer("merge_size", 1, 8, vision.MergeSize),
            config.Integer("temporal_patch_size", 1, 4, vision.TemporalPatchSize),
            size?.Number("shortest_edge", 112 * 112) ?? 112 * 112, size?.Number("longest_edge", 28 * 28 * 15000) ?? 28 * 28 * 15000,
            config.NumberList("image_mean") is { Count: 3 } mean ? mean : ClipMean, config.NumberList("image_std") is { Count: 3 } deviation ? deviation : ClipDeviation);
        return (read.PatchSize, read.MergeSize, read.TemporalPatchSize) == (vision.PatchSize, vision.MergeSize, vision.TemporalPatchSize) ? read
            : throw new EngineException(EngineFault.BadCheckpoint, "preprocessor_config.json and config.json disagree about the patch, merge or temporal patch size.");
    }
}
