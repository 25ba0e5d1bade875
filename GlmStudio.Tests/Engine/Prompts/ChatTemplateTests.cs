using GlmStudio.Engine;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Prompts;

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

    public static TheoryData<ChatMessage[], bool> Conversations => new()
    {
        { [User(ChatPart.Image, new ChatPart("What is this?"))], true },
        { [User(ChatPart.Image, new ChatPart("What is this?"))], false },
        { [ChatMessage.Of(ChatRole.User, "already said/nothink")], false },
        { [ChatMessage.Of(ChatRole.System, "S"), ChatMessage.Of(ChatRole.User, "Hi"), ChatMessage.Of(ChatRole.Assistant, "Hello"), User(new ChatPart("A"), ChatPart.Image, ChatPart.Image, new ChatPart("B"))], true },
        { [ChatMessage.Of(ChatRole.User, "q"), ChatMessage.Of(ChatRole.Assistant, "<think>because</think>\nanswer"), ChatMessage.Of(ChatRole.User, "再问")], true },
        { [ChatMessage.Of(ChatRole.User, "q"), ChatMessage.Of(ChatRole.Assistant, "<think>because</think>\nanswer")], true },
    };

    /// <summary>A template in the manner of the published ones, through the Jinja renderer, and the built-in format say the same.</summary>
    [Theory]
    [MemberData(nameof(Conversations), DisableDiscoveryEnumeration = true)]
    public void Render_CheckpointsOwnTemplate_AgreesWithTheBuiltInFormat(ChatMessage[] messages, bool thinking)
    {
        var folder = Directory.CreateTempSubdirectory("glm-template-").FullName;
        try
        {
            var source = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11");
            foreach (var name in (string[])["config.json", "model.safetensors"]) File.Copy(Path.Combine(source, name), Path.Combine(folder, name));
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Templates", "glm-like.jinja"), Path.Combine(folder, "chat_template.jinja"));
            using var checkpoint = Checkpoint.Open(folder);
            Assert.Equal(GlmChatTemplate.Render(messages, thinking), ChatTemplate.Of(checkpoint).Render(messages, thinking));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ChatMessage User(params ChatPart[] parts) => new(ChatRole.User, parts);
}
