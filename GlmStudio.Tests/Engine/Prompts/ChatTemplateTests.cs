using GlmStudio.Engine;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Engine.Prompts;

/// <summary>The examples of the format's description, rendered there with the reference's own template.</summary>
public sealed class ChatTemplateTests
{
    private const string Image = "<|begin_of_image|><|image|><|end_of_image|>";

    [Fact]
    public void Render_ImageAndQuestion_OpensTheAssistantsTurn() =>
        Assert.Equal($"[gMASK]<sop><|user|>\n{Image}What is this?<|assistant|>\n", GlmChatTemplate.Render([User(ChatPart.Image, new ChatPart("What is this?"))], thinking: true));

    [Fact]
    public void Render_WithoutThinking_SaysSoAndClosesTheThought() =>
        Assert.Equal($"[gMASK]<sop><|user|>\n{Image}What is this?/nothink<|assistant|>\n<think></think>\n", GlmChatTemplate.Render([User(ChatPart.Image, new ChatPart("What is this?"))], thinking: false));

    [Fact]
    public void Render_SeveralTurns_KeepsTheOrderOfTextAndImages() =>
        Assert.Equal($"[gMASK]<sop><|system|>\nS<|user|>\nHi<|assistant|>\n<think></think>\nHello<|user|>\nA{Image}{Image}B<|assistant|>\n", GlmChatTemplate.Render(
            [ChatMessage.Of(ChatRole.System, "S"), ChatMessage.Of(ChatRole.User, "Hi"), ChatMessage.Of(ChatRole.Assistant, "Hello"), User(new ChatPart("A"), ChatPart.Image, ChatPart.Image, new ChatPart("B"))], thinking: true));

    private static ChatMessage User(params ChatPart[] parts) => new(ChatRole.User, parts);
}
