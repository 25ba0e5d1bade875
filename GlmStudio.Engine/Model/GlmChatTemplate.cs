using System.Text;

namespace GlmStudio.Engine.Model;

/// <summary>The chat format of GLM-4.6V-Flash and GLM-OCR, for checkpoints that bring no template of their own. Each image is one placeholder here.</summary>
internal static class GlmChatTemplate
{
    public const string ImagePlaceholder = "<|begin_of_image|><|image|><|end_of_image|>";
    private const string NoThink = "/nothink";

    /// <summary>The conversation with the assistant's turn opened.</summary>
    public static string Render(IReadOnlyList<ChatMessage> messages, bool thinking)
    {
        var text = new StringBuilder("[gMASK]<sop>");
        var lastUser = messages.Select((m, i) => m.Role == ChatRole.User ? i : -1).DefaultIfEmpty(-1).Max();
        for (var i = 0; i < messages.Count; i++) Turn(text, messages[i], thinking, afterLastUser: i > lastUser);
        text.Append("<|assistant|>\n");
        return thinking ? text.ToString() : text.Append("<think></think>\n").ToString();
    }

    private static void Turn(StringBuilder text, ChatMessage message, bool thinking, bool afterLastUser)
    {
        var content = string.Concat(message.Parts.Select(p => p.Text ?? ImagePlaceholder));
        switch (message.Role)
        {
            case ChatRole.System:
                text.Append("<|system|>\n").Append(content);
                break;
            case ChatRole.User:
                text.Append("<|user|>\n").Append(content);
                if (!thinking && !content.EndsWith(NoThink, StringComparison.Ordinal)) text.Append(NoThink);
                break;
            default:
                var (thought, answer) = Split(content);
                text.Append("<|assistant|>\n<think>").Append(afterLastUser ? thought : "").Append("</think>");
                if (answer.Length > 0) text.Append('\n').Append(answer);
                break;
        }
    }

    // What stands before </think> is the model's own reasoning; it is only repeated after the last question.
    private static (string Thought, string Answer) Split(string content)
    {
        var end = content.LastIndexOf("</think>", StringComparison.Ordinal);
        if (end < 0) return ("", content.Trim());
        var thought = content[..end];
        var start = thought.LastIndexOf("<think>", StringComparison.Ordinal);
        return ((start < 0 ? thought : thought[(start + 7)..]).Trim(), content[(end + 8)..].Trim());
    }
}
