using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine;

public sealed class GlmEngineDeviceTests
{
    // No machine has this card, whatever is installed.
    [Fact]
    public async Task Load_CardThatIsNotThere_AnswersOnTheProcessorAndSaysWhy()
    {
        using var images = new ImageReader(new ImageLimits());
        var options = new GlmEngineOptions { Device = "cuda:99", ContextTokens = 512, Weights = new WeightOptions { Precision = Precision.Bf16 } };
        await using var engine = GlmEngine.Load(TinyCheckpoint.Folder, images, options, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("cpu", engine.Info.Device);
        Assert.StartsWith("cuda:99 cannot be used", engine.Info.Warning, StringComparison.Ordinal);
        var request = new GlmRequest { Prompt = "a", Sampling = new SamplingOptions { MaxTokens = 2 } };
        var updates = 0;
        await foreach (var _ in engine.GenerateAsync(request, TestContext.Current.CancellationToken)) updates++;
        Assert.NotEqual(0, updates);
    }
}
