namespace GlmStudio.Engine.Transcription;

/// <summary>A character as the network saw it.</summary>
/// <param name="Text">One character, one or two UTF-16 units.</param>
/// <param name="Score">Its highest probability, 0 … 1.</param>
/// <param name="Centre">Where it stands, in time steps.</param>
internal readonly record struct SeenCharacter(string Text, float Score, double Centre)
{
    /// <summary>How probable each character of its shape is in its place; null where the character has a shape of its own.</summary>
    public IReadOnlyList<(char Character, float Probability)>? Shape { get; init; }
}
