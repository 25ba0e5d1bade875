using GlmStudio.Engine;
using GlmStudio.Engine.Images;

namespace GlmStudio.Tests.Engine;

/// <summary>The engine with the tiny checkpoint: many at once, leaving early, and bad requests.</summary>
public sealed class GlmEngineTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11");

    [Fact]
    public async Task Generate_AloneInEightInThirtyTwo_GivesTheSameTokens()
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = Load(images, slots: 32);
        var questions = Enumerable.Range(0, 32).Select(i => Ask($"What is number {i}? 第{i}个", i % 3 == 0 ? "tiny.png" : null)).ToList();

        var alone = new List<int[]>();
        foreach (var question in questions.Take(8)) alone.Add(await TokensAsync(engine, question));
        var eight = await Task.WhenAll(questions.Take(8).Select(q => TokensAsync(engine, q)));
        var all = await Task.WhenAll(questions.Select(q => TokensAsync(engine, q)));

        Assert.Equal(alone, eight);
        Assert.Equal(alone, all.Take(8));
    }

    [Fact]
    public async Task Generate_SameImageTwice_IsEncodedOnce()
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = Load(images, slots: 2);
        await TokensAsync(engine, Ask("a", "tiny.png"));
        await TokensAsync(engine, Ask("b", "tiny.png"));
        Assert.Equal(1, engine.FeatureCacheHits);
    }

    // The second request comes while the first is being answered: it goes to the other replica, which has not seen the picture.
    [Fact]
    public async Task Generate_TwoReplicas_ShareTheRequestsAndAnswerAlike()
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = GlmEngine.Load(Folder, images, new GlmEngineOptions { Device = "cpu,cpu", Slots = 3, Threads = 1, ContextTokens = 2048 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(("cpu,cpu", 6), (engine.Info.Device, engine.Info.Concurrency));

        await using var held = engine.GenerateAsync(Ask("a", "tiny.png"), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await held.MoveNextAsync();
        var first = await TokensAsync(engine, Ask("b", "tiny.png"));
        Assert.Equal(0, engine.FeatureCacheHits);
        Assert.Equal(first, await TokensAsync(engine, Ask("b", "tiny.png")));
        Assert.Equal(1, engine.FeatureCacheHits);
    }

    [Fact]
    public async Task Generate_CancelledInTheMiddle_FreesItsSlot()
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = Load(images, slots: 1);
        using var leave = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in engine.GenerateAsync(Ask("long") with { Sampling = new SamplingOptions { MaxTokens = 5000, Temperature = 1, Seed = 4 } }, leave.Token)) await leave.CancelAsync();
        });
        Assert.NotEmpty(await TokensAsync(engine, Ask("next")));
    }

    [Fact]
    public async Task Generate_MaxTokens_EndsWithLength()
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = Load(images, slots: 1);
        TextUpdate? last = null;
        await foreach (var update in engine.GenerateAsync(Ask("x") with { Sampling = new SamplingOptions { MaxTokens = 3 } }, TestContext.Current.CancellationToken)) last = update;
        Assert.Equal((FinishReason.Length, 3), (last!.Finish!.Value, last.Usage!.CompletionTokens));
    }

    public static TheoryData<byte[], string> BadImages => new()
    {
        { [], "empty" },
        { "not a picture at all, only some text"u8.ToArray(), "picture" },
    };

    [Theory]
    [MemberData(nameof(BadImages))]
    public async Task Generate_BadImage_IsRefusedAndTheEngineGoesOn(byte[] bytes, string expected)
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = Load(images, slots: 1);
        var fault = await Assert.ThrowsAsync<EngineException>(() => TokensAsync(engine, Ask("x") with { Images = [new ImageInput(bytes)] }));
        Assert.Contains(expected, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(await TokensAsync(engine, Ask("next")));
    }

    [Fact]
    public async Task Generate_PromptLongerThanTheContext_SaysBothLengths()
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = Load(images, slots: 1);
        var fault = await Assert.ThrowsAsync<EngineException>(() => TokensAsync(engine, Ask(new string('x', 9000))));
        Assert.Contains("2,048", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_MorePlacesThanImages_IsRefused()
    {
        using var images = new ImageReader(new ImageLimits());
        await using var engine = Load(images, slots: 1);
        var request = Ask("x") with { Messages = [new ChatMessage(ChatRole.User, [ChatPart.Image, new ChatPart("x")])] };
        Assert.Equal(EngineFault.BadRequest, (await Assert.ThrowsAsync<EngineException>(() => TokensAsync(engine, request))).Fault);
    }

    private static GlmEngine Load(ImageReader images, int slots) =>
        GlmEngine.Load(Folder, images, new GlmEngineOptions { Slots = slots, Threads = 2, ContextTokens = 2048 }, cancellation: TestContext.Current.CancellationToken);

    private static GlmRequest Ask(string prompt, string? image = null) => new()
    {
        Prompt = prompt, Sampling = new SamplingOptions { MaxTokens = 12 },
        Images = image is null ? [] : [new ImageInput(File.ReadAllBytes(Path.Combine(Folder, image)))],
    };

    private static async Task<int[]> TokensAsync(GlmEngine engine, GlmRequest request)
    {
        var tokens = new List<int>();
        await foreach (var update in engine.GenerateAsync(request, TestContext.Current.CancellationToken)) tokens.AddRange(update.Tokens.Select(t => t.Id));
        return [.. tokens];
    }
}
