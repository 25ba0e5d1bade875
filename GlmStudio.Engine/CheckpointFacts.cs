using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Prompts;

namespace GlmStudio.Engine;

/// <summary>What a checkpoint folder is, read from its headers without loading it.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Name">The folder's own name, by which the engine is asked for.</param>
/// <param name="Family"><c>glm4v</c> or <c>glm_ocr</c>.</param>
/// <param name="Parameters">Numbers in all tensors.</param>
/// <param name="TensorTypes">Types the weights have on disk.</param>
/// <param name="Context">Longest context the model was made for, in tokens.</param>
/// <param name="BytesNeeded">Memory for the weights as they are held and one full cache, roughly.</param>
public sealed record CheckpointFacts(string Folder, string Name, string Family, long Parameters, string TensorTypes, int Context, long BytesNeeded)
{
    /// <summary>Whether it was trained to be given the page's printed text.</summary>
    public bool IsGrounded { get; init; }

    /// <summary>Reads headers and configuration.</summary>
    /// <exception cref="EngineException">Not a checkpoint of a known family; the message says why.</exception>
    public static CheckpointFacts Read(string folder, GlmEngineOptions options)
    {
        using var checkpoint = Checkpoint.Open(folder);
        var config = GlmConfig.Read(checkpoint);
        var parameters = checkpoint.Tensors.Sum(t => t.Count);
        var context = options.ContextTokens > 0 ? Math.Min(options.ContextTokens, config.Text.MaxPositions) : Math.Min(GlmEngine.LongestDefaultContext, config.Text.MaxPositions);
        var plan = options.Weights.ToPlan(options.Device);
        var conversion = plan.ToConversion();
        var cache = 2L * config.Text.Layers * config.Text.KeyValueHeads * config.Text.HeadSize * plan.Arithmetic.Stored.Size() * context * options.Slots;
        return new CheckpointFacts(checkpoint.Folder, NameOf(checkpoint.Folder), GlmEngine.FamilyName(config.Family), parameters,
            string.Join(", ", checkpoint.Tensors.Select(t => t.Type).Distinct().Order()), config.Text.MaxPositions,
            checkpoint.Tensors.Sum(t => conversion.Target(t).Bytes(t)) + cache)
        {
            IsGrounded = TranscriptText.IsKnownTo(checkpoint.Folder),
        };
    }

    internal static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
}
