namespace GlmStudio.Engine.Model;

/// <summary>Sizes of the text decoder.</summary>
/// <param name="Layers">Decoder layers; the extra multi-token-prediction layer of GLM-OCR is not counted and not used.</param>
/// <param name="Hidden">Width of the residual stream.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key/value heads, each shared by <c>Heads / KeyValueHeads</c> query heads.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Intermediate">Width of the gated MLP.</param>
/// <param name="Vocabulary">Rows of the embedding table.</param>
/// <param name="MaxPositions">Longest context the model was made for.</param>
/// <param name="NormEpsilon">Epsilon of every RMSNorm.</param>
/// <param name="RotaryTheta">Base of the rotary frequencies.</param>
/// <param name="RotarySize">Leading entries of each head that are rotated.</param>
/// <param name="RotarySections">How many of the <c>RotarySize / 2</c> frequencies follow time, height and width.</param>
/// <param name="HasAttentionBias">Whether q, k and v have biases.</param>
/// <param name="TiedHead">Whether the output head is the embedding table.</param>
public sealed record TextConfig(
    int Layers, int Hidden, int Heads, int KeyValueHeads, int HeadSize, int Intermediate, int Vocabulary, int MaxPositions, float NormEpsilon,
    double RotaryTheta, int RotarySize, IReadOnlyList<int> RotarySections, bool HasAttentionBias, bool TiedHead)
{
    internal static TextConfig Read(ConfigReader text, ConfigReader top, GlmFamily family)
    {
        var hidden = text.Integer("hidden_size", 8, 65536);
        var heads = text.Integer("num_attention_heads", 1, 1024);
        // glm4v's attention always divides the hidden size; its head_dim, where given, only sizes the rotary frequencies.
        var headDim = text.Integer("head_dim", 8, 1024, hidden / heads);
        var headSize = family == GlmFamily.Glm4v ? hidden / heads : headDim;
        // v5 keeps everything in rope_parameters; v4 has the base and the factor beside rope_scaling.
        var rope = text.OptionalSection("rope_parameters") ?? text;
        var sections = (text.OptionalSection("rope_parameters") ?? text.OptionalSection("rope_scaling"))?.IntegerList("mrope_section");
        var factor = rope.Number("partial_rotary_factor", family == GlmFamily.Glm4v ? 0.5 : 1.0);
        var rotary = (int)(headDim * factor);
        if (rotary < 2 || rotary > headSize || rotary % 2 != 0)
            throw new EngineException(EngineFault.BadCheckpoint, $"partial_rotary_factor {factor} rotates {rotary} of {headSize} entries; expected an even number up to {headSize}.");
        return new TextConfig(
            text.Integer("num_hidden_layers", 1, 512), hidden, heads, text.Integer("num_key_value_heads", 1, heads, heads), headSize,
            text.Integer("intermediate_size", 8, 1 << 20), text.Integer("vocab_size", 2, 1 << 24), text.Integer("max_position_embeddings", 1, 1 << 24, 32768),
            (float)text.Number("rms_norm_eps", 1e-5), rope.Number("rope_theta", 10000), rotary, Sections(sections, rotary / 2),
            family == GlmFamily.Glm4v || text.Flag("attention_bias", false), text.Flag("tie_word_embeddings", top.Flag("tie_word_embeddings", false)));
    }

    private static IReadOnlyList<int> Sections(IReadOnlyList<int>? found, int frequencies)
    {
        var sections = found is { Count: > 0 } ? found : [8, 12, 12];
        return sections.Count == 3 && sections.Sum() == frequencies ? sections : throw new EngineException(EngineFault.BadCheckpoint,
            $"mrope_section [{string.Join(", ", sections)}] does not divide the {frequencies} rotary frequencies into three.");
    }
}
