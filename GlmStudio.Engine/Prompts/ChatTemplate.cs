using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Prompts.Jinja;

namespace GlmStudio.Engine.Prompts;

/// <summary>Messages → the text a checkpoint was trained on: by its own Jinja template, else by the built-in GLM format.</summary>
internal sealed class ChatTemplate
{
    private readonly JinjaTemplate? _own;

    private ChatTemplate(JinjaTemplate? own) => _own = own;

    /// <summary>Takes <c>chat_template.jinja</c>, else <c>chat_template</c> of tokenizer_config.json, else the built-in format.</summary>
    public static ChatTemplate Of(Checkpoint checkpoint)
    {
        var file = Path.Combine(checkpoint.Folder, "chat_template.jinja");
        var source = File.Exists(file) ? File.ReadAllText(file)
            : checkpoint.Optional("tokenizer_config.json") is { } config ? new ConfigReader(config, "").Text("chat_template", "") : "";
        return new ChatTemplate(source.Length > 0 ? JinjaTemplate.Parse(source) : null);
    }

    /// <summary>The conversation with the assistant's turn opened; one placeholder an image.</summary>
    public string Render(IReadOnlyList<ChatMessage> messages, bool thinking)
    {
        if (_own is null) return GlmChatTemplate.Render(messages, thinking);
        var variables = new Dictionary<string, object?> { ["messages"] = messages.Select(Message).ToList(), ["add_generation_prompt"] = true };
        // Undefined means "think"; the template only looks for false.
        if (!thinking) variables["enable_thinking"] = false;
        return _own.Render(variables);
    }

    private static object? Message(ChatMessage message) => new Dictionary<string, object?>
    {
        ["role"] = message.Role.ToString().ToLowerInvariant(),
        ["content"] = message.Parts is [{ Text: { } text }] ? text : message.Parts.Select(Part).ToList(),
    };

    private static object? Part(ChatPart part) => part.Text is { } text
        ? new Dictionary<string, object?> { ["type"] = "text", ["text"] = text }
        : new Dictionary<string, object?> { ["type"] = "image" };
}
