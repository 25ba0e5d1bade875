namespace GlmStudio.Engine;

/// <summary>What an engine is.</summary>
/// <param name="Name">The name it is asked for by: <c>reader</c>, or a checkpoint folder's name.</param>
/// <param name="Family">Model family of the checkpoint (<c>glm4v</c>, <c>glm_ocr</c>) or <c>reader</c>.</param>
/// <param name="Description">One sentence in plain English.</param>
/// <param name="Device">Where it computes: <c>cpu</c> or <c>cuda:0</c>.</param>
/// <param name="Concurrency">How many requests it gains from at once, at least 1.</param>
public sealed record EngineInfo(string Name, string Family, string Description, string Device, int Concurrency)
{
    /// <summary>Whether it is given the page's printed text unless a request says otherwise.</summary>
    public bool IsGrounded { get; init; }

    /// <summary>In which numbers it computes and how its weights are held, as one word; empty where they are the checkpoint's in 32 bits.</summary>
    public string Numbers { get; init; } = "";

    /// <summary>Why it does not compute where it was told to, for people; null where it does.</summary>
    public string? Warning { get; init; }
}
