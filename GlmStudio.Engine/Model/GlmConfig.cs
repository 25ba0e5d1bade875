using System.Text.Json;
using GlmStudio.Engine.Checkpoints;

namespace GlmStudio.Engine.Model;

/// <summary>The network's sizes as <c>config.json</c> states them, both on-disk layouts (transformers v4 and v5) read into one form.</summary>
public sealed record GlmConfig
{
    /// <summary><c>glm4v</c> (GLM-4.1V, GLM-4.6V-Flash) or <c>glm_ocr</c>.</summary>
    public required GlmFamily Family { get; init; }

    /// <summary>The text decoder.</summary>
    public required TextConfig Text { get; init; }

    /// <summary>The vision tower.</summary>
    public required VisionConfig Vision { get; init; }

    /// <summary>Id of the placeholder that image features replace, one a feature.</summary>
    public required int ImageTokenId { get; init; }

    /// <summary>Ids that surround the placeholders of one image.</summary>
    public required (int Start, int End) ImageMarkers { get; init; }

    /// <summary>Ids at which generation stops.</summary>
    public required IReadOnlyList<int> StopTokenIds { get; init; }

    /// <summary>Reads the configuration of a checkpoint.</summary>
    /// <exception cref="EngineException">An unknown family or an impossible size; the message names the key and the value.</exception>
    public static GlmConfig Read(Checkpoint checkpoint) => Read(checkpoint.Config, checkpoint.Optional("generation_config.json"));

    /// <summary>Reads a configuration that has no checkpoint.</summary>
    /// <param name="json"><c>config.json</c>.</param>
    /// <param name="generation"><c>generation_config.json</c>, where there is one.</param>
    public static GlmConfig Read(JsonElement json, JsonElement? generation)
    {
        var config = new ConfigReader(json, "");
        var text = config.Section("text_config");
        var family = FamilyOf(config.Text("model_type", ""), text.Text("model_type", ""));
        return new GlmConfig
        {
            Family = family,
            Text = TextConfig.Read(text, config, family),
            Vision = VisionConfig.Read(config.Section("vision_config"), family),
            ImageTokenId = config.Integer("image_token_id", 0, int.MaxValue),
            ImageMarkers = (config.Integer("image_start_token_id", 0, int.MaxValue), config.Integer("image_end_token_id", 0, int.MaxValue)),
            StopTokenIds = StopIds(generation, text),
        };
    }

    // The wrapper type glm46v says nothing itself: its text part decides.
    private static GlmFamily FamilyOf(string model, string text) => (model, text) switch
    {
        ("glm4v", _) or ("glm46v", "glm4v_text" or "") => GlmFamily.Glm4v,
        ("glm_ocr", _) or ("glm46v", "glm_ocr_text") => GlmFamily.GlmOcr,
        _ => throw new EngineException(EngineFault.BadCheckpoint,
            $"The model type \"{model}\" (text: \"{text}\") is not supported. Supported: glm4v (GLM-4.1V-9B, GLM-4.6V-Flash), glm46v, glm_ocr (GLM-OCR)."),
    };

    // generation_config.json is what generate() obeys; config.json's text part is the fallback.
    private static IReadOnlyList<int> StopIds(JsonElement? generation, ConfigReader text) =>
        generation is { } json && new ConfigReader(json, "").IntegerList("eos_token_id") is { Count: > 0 } ids
            ? ids
            : text.IntegerList("eos_token_id");
}

/// <summary>Families of checkpoints the engine knows.</summary>
public enum GlmFamily
{
    /// <summary>GLM-4.1V-9B-Thinking and GLM-4.6V-Flash.</summary>
    Glm4v,
    /// <summary>GLM-OCR 0.9B.</summary>
    GlmOcr,
}
