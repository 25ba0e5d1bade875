using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine;

public sealed class PageTranscriptsTests : IDisposable
{
    private readonly PageReader _reader = new(PageReader.DefaultModelFolder, threads: 1);
    private readonly ImageReader _images = new(new ImageLimits());
    private readonly ImageInput _page = new(File.ReadAllBytes(Repository.At("samples/receipts/english/cafe-03.png")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PageTranscripts Pages => field ??= new PageTranscripts(_images, _reader, 4);

    [Fact]
    public async Task ReadAsync_FourAskForOnePage_ItIsReadOnce()
    {
        var read = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Pages.ReadAsync(_page, Cancellation)));
        Assert.All(read, r => Assert.Same(read[0], r));
    }

    [Fact]
    public async Task ReadAsync_TheFirstAskerLeaves_TheOthersGetThePage()
    {
        using var leaving = new CancellationTokenSource();
        var first = Pages.ReadAsync(_page, leaving.Token);
        var second = Pages.ReadAsync(_page, Cancellation);
        await leaving.CancelAsync();
        Assert.NotEmpty((await second).Lines);
        await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task ReadAsync_AFileThatIsNoPicture_FailsForEveryAsker()
    {
        var broken = new ImageInput("hello"u8.ToArray());
        for (var i = 0; i < 2; i++) Assert.Equal(EngineFault.UnreadableImage, (await Assert.ThrowsAsync<EngineException>(() => Pages.ReadAsync(broken, Cancellation))).Fault);
    }

    public void Dispose()
    {
        Pages.Dispose();
        _reader.Dispose();
        _images.Dispose();
    }
}
