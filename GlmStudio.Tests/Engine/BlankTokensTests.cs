using GlmStudio.Engine;
using GlmStudio.Engine.Images;

namespace GlmStudio.Tests.Engine;

/// <summary>Blank areas as one token each, from the picture to the answer, with the tiny checkpoint.</summary>
public sealed class BlankTokensTests
{
    private const int Columns = 10, Rows = 14;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11");

    [Fact]
    public async Task Generate_NothingBlank_IsTheSameBitForBit()
    {
        var noise = new byte[Columns * 28 * Rows * 28 * 3];
        new Random(3).NextBytes(noise);
        Assert.Equal(await AskAsync(noise, BlankTokens.Keep), await AskAsync(noise, BlankTokens.Merge));
    }

    [Fact]
    public async Task Generate_BlankPage_SendsOneTokenOfIt()
    {
        var white = Enumerable.Repeat((byte)255, Columns * 28 * Rows * 28 * 3).ToArray();
        var (keep, merge) = (await AskAsync(white, BlankTokens.Keep), await AskAsync(white, BlankTokens.Merge));
        Assert.Equal(Columns * Rows - 1, keep.Prompt - merge.Prompt);
        Assert.NotEmpty(merge.Tokens);
    }

    private static async Task<(int Prompt, string Tokens)> AskAsync(byte[] pixels, BlankTokens blank)
    {
        using var images = new ImageReader(new ImageLimits());
        var options = new GlmEngineOptions { Slots = 1, Threads = 1, ContextTokens = 512, BlankTokens = blank };
        await using var engine = GlmEngine.Load(Folder, images, options, cancellation: TestContext.Current.CancellationToken);
        var request = new GlmRequest
        {
            Prompt = "What is this?", Images = [new ImageInput(ImageWriter.ToJpeg(new RgbImage(Columns * 28, Rows * 28, pixels), quality: 90))],
            Grounding = Grounding.PictureOnly, Sampling = new SamplingOptions { MaxTokens = 8 },
        };
        var (tokens, prompt) = (new List<string>(), 0);
        await foreach (var update in engine.GenerateAsync(request, TestContext.Current.CancellationToken))
        {
            tokens.AddRange(update.Tokens.Select(t => $"{t.Id} {t.LogProbability:R}"));
            prompt = update.Usage?.PromptTokens ?? prompt;
        }
        return (prompt, string.Join(", ", tokens));
    }
}
