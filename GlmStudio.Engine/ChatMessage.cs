namespace GlmStudio.Engine;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Parts">Texts and images in the order they are meant.</param>
public sealed record ChatMessage(ChatRole Role, IReadOnlyList<ChatPart> Parts)
{
    /// <summary>All texts, joined.</summary>
    public string Text => string.Concat(Parts.Select(p => p.Text));

    /// <summary>A turn that is only text.</summary>
    public static ChatMessage Of(ChatRole role, string text) => new(role, [new ChatPart(text)]);
}

/// <summary>A text, or (with a null text) the next image of the request.</summary>
/// <param name="Text">The text, or null for an image.</param>
public sealed record ChatPart(string? Text)
{
    /// <summary>The next of <see cref="GlmRequest.Images"/>.</summary>
    public static ChatPart Image { get; } = new((string?)null);
}

/// <summary>Who speaks in a conversation.</summary>
public enum ChatRole
{
    /// <summary>Standing instructions.</summary>
    System,
    /// <summary>The person.</summary>
    User,
    /// <summary>The model.</summary>
    Assistant,
}
