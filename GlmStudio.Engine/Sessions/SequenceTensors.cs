using GlmStudio.Engine.Model;

namespace GlmStudio.Engine.Sessions;

/// <summary>What the model needs to know of one sequence: its tokens, their positions, and the image features among them.</summary>
/// <param name="prompt">Token ids of the prompt, placeholders expanded.</param>
/// <param name="positions">Positions of the prompt's tokens.</param>
/// <param name="imageTokenId">The placeholder's id.</param>
/// <param name="features">Image features in order, [placeholders, hidden].</param>
internal sealed class SequenceTensors(IReadOnlyList<int> prompt, TokenPositions positions, int imageTokenId, float[] features)
{
    public int PromptLength { get; } = prompt.Count;

    /// <summary>The prompt's tokens and those generated since.</summary>
    public List<int> Ids { get; } = [.. prompt];

    /// <summary>Image features in the processor's memory.</summary>
    public float[] Features { get; } = features;

    /// <summary>Image features on the card, one piece an image; with them <see cref="Features"/> is empty.</summary>
    public IReadOnlyList<CardNumbers> OnCard { get; init; } = [];

    /// <summary>Its rows of a <see cref="RotaryTable"/>, once they were needed.</summary>
    public (float[] Cos, float[] Sin)? Angles { get; set; }

    public bool IsPlaceholder(int index) => index < PromptLength && Ids[index] == imageTokenId;

    /// <summary>Placeholders before a token: the first feature a chunk beginning there takes.</summary>
    public int FeaturesBefore(int index) => Enumerable.Range(0, index).Count(IsPlaceholder);

    /// <summary>Time, height and width of a token, shifted so that those after the prompt have their index.</summary>
    public (int Time, int Height, int Width) Position(int index) => index < PromptLength
        ? (positions.Time[index] - positions.Delta, positions.Height[index] - positions.Delta, positions.Width[index] - positions.Delta)
        : (index, index, index);
}
