using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine;

/// <summary>The real reader on the sample receipts.</summary>
public sealed class ReaderEngineTests : IDisposable
{
    private static readonly AskedField[] Fields =
    [
        new() { Key = "company", Label = "Company" }, new() { Key = "date", Label = "Date", Type = FieldType.Date },
        new() { Key = "address", Label = "Address" }, new() { Key = "total", Label = "Total", Type = FieldType.Money },
    ];

    private readonly PageReader _pages = new(PageReader.DefaultModelFolder, threads: 1);
    private readonly ImageReader _images = new(new ImageLimits());

    private PageTranscripts Transcripts => field ??= new PageTranscripts(_images, _pages, 2);

    private ReaderEngine Engine => field ??= new ReaderEngine(Transcripts);

    public void Dispose()
    {
        Transcripts.Dispose();
        _pages.Dispose();
        _images.Dispose();
    }

    [Theory]
    [InlineData("english/cafe-03.png", "Harbour Street Café", "Jan 19, 2026")]
    [InlineData("chinese/restaurant-10.png", "老城根炸酱面馆", "2026-01-25")]
    public async Task GenerateAsync_AReceiptAndItsFields_AnswersOneObjectWithEvidence(string file, string company, string date)
    {
        var updates = await AskAsync(new GlmRequest { Prompt = "Read the receipt.", Images = [Picture(file)], Fields = Fields });
        using var json = JsonDocument.Parse(string.Concat(updates.Select(u => u.Delta)));
        Assert.Equal(company, json.RootElement.GetProperty("company").GetString());
        Assert.Equal(date, json.RootElement.GetProperty("date").GetString());
        Assert.Equal(Fields.Select(f => f.Key), json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.All(updates[^1].Readings, r => Assert.True(r.Value is not null && r.Box is not null && r.Score > 0.3));
        Assert.Equal(FinishReason.Stop, updates[^1].Finish);
        Assert.True(updates[^1].Usage!.PromptTokens > 50);
    }

    [Fact]
    public async Task GenerateAsync_MoreThanMaxTokens_IsCutAndSaysSo()
    {
        var updates = await AskAsync(new GlmRequest { Prompt = "Read all text", Images = [Picture("english/cafe-03.png")], Sampling = new SamplingOptions { MaxTokens = 5 } });
        Assert.Equal(FinishReason.Length, updates[^1].Finish);
        Assert.Equal(5, updates[^1].Usage!.CompletionTokens);
    }

    [Fact]
    public async Task GenerateAsync_TheSamePageTwice_AnswersTheSame()
    {
        var request = new GlmRequest { Prompt = "What is the total?", Images = [Picture("english/cafe-03.png")] };
        Assert.Equal(string.Concat((await AskAsync(request)).Select(u => u.Delta)), string.Concat((await AskAsync(request)).Select(u => u.Delta)));
    }

    [Fact]
    public async Task GenerateAsync_NoPicture_SaysThatOneIsNeeded()
    {
        var updates = await AskAsync(new GlmRequest { Prompt = "Hello" });
        Assert.Contains("No picture", string.Concat(updates.Select(u => u.Delta)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_FieldsWithoutAPicture_IsABadRequest()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => AskAsync(new GlmRequest { Prompt = "", Fields = Fields }));
        Assert.Equal(EngineFault.BadRequest, error.Fault);
    }

    [Fact]
    public async Task GenerateAsync_AFileThatIsNoPicture_IsUnreadable()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => AskAsync(new GlmRequest { Prompt = "", Images = [new ImageInput("hello"u8.ToArray())] }));
        Assert.Equal(EngineFault.UnreadableImage, error.Fault);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task GenerateAsync_MaxTokensOutOfRange_IsABadRequest(int most)
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => AskAsync(new GlmRequest { Prompt = "", Sampling = new SamplingOptions { MaxTokens = most } }));
        Assert.Equal(EngineFault.BadRequest, error.Fault);
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AskAsync(new GlmRequest { Prompt = "", Images = [Picture("english/cafe-03.png")] }, cancelled.Token));
    }

    private static ImageInput Picture(string file) => new(File.ReadAllBytes(Repository.At("samples/receipts/" + file)));

    private async Task<List<TextUpdate>> AskAsync(GlmRequest request, CancellationToken? cancellation = null)
    {
        List<TextUpdate> updates = [];
        await foreach (var update in Engine.GenerateAsync(request, cancellation ?? TestContext.Current.CancellationToken))
            updates.Add(update);
        return updates;
    }
}
