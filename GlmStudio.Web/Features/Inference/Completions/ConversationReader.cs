using System.Text.Json;
using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>OpenAI's messages → turns and their pictures, as they stand.</summary>
internal static class ConversationReader
{
    /// <exception cref="EngineException">A message is not of the documented form; the message says which and why.</exception>
    public static Conversation Read(IReadOnlyList<CompletionMessage>? messages)
    {
        if (messages is not { Count: > 0 }) throw Refused("\"messages\" is missing or empty: send a list of {\"role\", \"content\"}.");
        var images = new List<JsonElement>();
        var turns = new List<ChatMessage>();
        foreach (var (i, message) in messages.Index()) turns.Add(Turn(message, $"messages[{i}]", images));
        if (turns.TrueForAll(t => t.Role != ChatRole.User)) throw Refused("\"messages\" holds no user message: nothing is asked.");
        return new Conversation(turns, images);
    }

    private static ChatMessage Turn(CompletionMessage? message, string where, List<JsonElement> images) => message is null
        ? throw Refused($"{where} is null.")
        : new ChatMessage(Role(message.Role, where), message.Content switch
        {
            { ValueKind: JsonValueKind.String } text => [new ChatPart(text.GetString())],
            { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray().Select((part, i) => Part(part, $"{where}.content[{i}]", images))],
            _ => throw Refused($"{where}.content is neither a text nor a list of parts."),
        });

    private static ChatRole Role(string? role, string where) => role switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        _ => throw Refused($"{where}.role is {(role is null ? "missing" : $"\"{role}\"")}; it is system, developer, user or assistant."),
    };

    private static ChatPart Part(JsonElement part, string where, List<JsonElement> images)
    {
        var type = part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        if (type == "text" && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String) return new ChatPart(text.GetString());
        if (type == "image_url" && part.TryGetProperty("image_url", out var image) && image.ValueKind is JsonValueKind.String or JsonValueKind.Object)
        {
            images.Add(image);
            return ChatPart.Image;
        }
        throw Refused(type is null or "text" or "image_url"
            ? $"{where} is neither {{\"type\":\"text\",\"text\":…}} nor {{\"type\":\"image_url\",\"image_url\":{{\"url\":…}}}}."
            : $"{where} is of type \"{type}\"; only text and image_url are supported.");
    }

    private static EngineException Refused(string message) => new(EngineFault.BadRequest, message);
}
