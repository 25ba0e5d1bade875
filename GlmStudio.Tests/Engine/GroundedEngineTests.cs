using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Transcription;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine;

/// <summary>A checkpoint that is given its pictures' printed text.</summary>
public sealed class GroundedEngineTests : IDisposable
{
    private const int MoreThanATokenALine = 60;

    private readonly GroundedCheckpoint _checkpoint = new();
    private readonly ImageReader _images = new(new ImageLimits());
    private readonly PageReader _reader = new(PageReader.DefaultModelFolder, threads: 1);
    private readonly ImageInput _receipt = new(File.ReadAllBytes(Repository.At("samples/receipts/english/cafe-03.png")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PageTranscripts Pages => field ??= new PageTranscripts(_images, _reader);

    [Theory]
    [InlineData(true, Grounding.ModelDefault, true)]
    [InlineData(true, Grounding.PageText, true)]
    [InlineData(true, Grounding.PictureOnly, false)]
    [InlineData(false, Grounding.ModelDefault, false)]
    [InlineData(false, Grounding.PageText, true)]
    [InlineData(false, Grounding.PictureOnly, false)]
    public async Task Generate_CheckpointAndWish_DecideAboutThePagesText(bool hasPlaceTokens, Grounding grounding, bool expected)
    {
        await using var engine = Load(hasPlaceTokens ? _checkpoint.Folder : TinyCheckpoint.Folder);
        Assert.Equal(hasPlaceTokens, engine.Info.IsGrounded);
        var without = await PromptTokensAsync(engine, Ask(Grounding.PictureOnly));
        var with = await PromptTokensAsync(engine, Ask(grounding));
        if (expected) Assert.InRange(with - without, MoreThanATokenALine, 2000);
        else Assert.Equal(without, with);
    }

    [Fact]
    public async Task Generate_TextOnly_LeavesThePicturesTokensOut()
    {
        await using var engine = Load(_checkpoint.Folder);
        var picture = await PromptTokensAsync(engine, Ask(Grounding.PictureOnly));
        var both = await PromptTokensAsync(engine, Ask(Grounding.PageText));
        var text = await PromptTokensAsync(engine, Ask(Grounding.TextOnly));
        var bare = await PromptTokensAsync(engine, Ask(Grounding.ModelDefault) with { Images = [] });
        Assert.Equal(both - (picture - bare), text);
    }

    [Fact]
    public async Task Generate_TwoPicturesInTwoTurns_EachGetsItsOwnText()
    {
        await using var engine = Load(_checkpoint.Folder);
        var receipt = await Pages.ReadAsync(_receipt, Cancellation);
        var white = new ImageInput(ImageWriter.ToJpeg(new RgbImage(112, 112, [.. Enumerable.Repeat((byte)255, 112 * 112 * 3)]), 80));
        var request = Ask(Grounding.PictureOnly) with
        {
            Images = [white, _receipt],
            Messages = [new(ChatRole.User, [ChatPart.Image, new("a")]), ChatMessage.Of(ChatRole.Assistant, "b"), new(ChatRole.User, [ChatPart.Image, new("c")])],
        };
        var lines = receipt.Lines.Select(l => new PlacedText(l.Box.X, l.Box.X + l.Box.Width, l.Box.Y + l.Box.Height / 2, l.Text)).ToList();
        var text = Tokenizer.Read(_checkpoint.Folder).Encode(TranscriptText.Write(lines, Tokenizer.Read(_checkpoint.Folder)));
        const int FrameOfTheEmptyPage = 2;
        Assert.Equal(text.Count + FrameOfTheEmptyPage,
            await PromptTokensAsync(engine, request with { Grounding = Grounding.ModelDefault }) - await PromptTokensAsync(engine, request));
    }

    [Fact]
    public async Task Generate_PageTextWithoutAReader_IsABadRequest()
    {
        await using var engine = GlmEngine.Load(TinyCheckpoint.Folder, _images, Options, cancellation: Cancellation);
        var fault = await Assert.ThrowsAsync<EngineException>(() => PromptTokensAsync(engine, Ask(Grounding.PageText)));
        Assert.Equal(EngineFault.BadRequest, fault.Fault);
        Assert.Contains("without a reader", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_FieldsAndAnAnswerThatIsNoObject_HasNoReadings()
    {
        await using var engine = Load(_checkpoint.Folder);
        TextUpdate? last = null;
        await foreach (var update in engine.GenerateAsync(Ask(Grounding.ModelDefault) with { Fields = [new AskedField { Key = "total", Label = "Total" }] }, Cancellation)) last = update;
        Assert.NotNull(last!.Finish);
        Assert.Empty(last.Readings);
    }

    [Fact]
    public async Task WarmUp_GroundedCheckpointWithoutAReader_StillWarmsUp()
    {
        await using var engine = GlmEngine.Load(_checkpoint.Folder, _images, Options, cancellation: Cancellation);
        await engine.WarmUpAsync(Cancellation);
    }

    [Fact]
    public void Read_FactsOfBoth_SayWhichIsGrounded() =>
        Assert.Equal((true, false), (CheckpointFacts.Read(_checkpoint.Folder, Options).IsGrounded, CheckpointFacts.Read(TinyCheckpoint.Folder, Options).IsGrounded));

    public void Dispose()
    {
        Pages.Dispose();
        _reader.Dispose();
        _images.Dispose();
        _checkpoint.Dispose();
    }

    private static GlmEngineOptions Options { get; } = new() { Slots = 1, Threads = 2, ContextTokens = 4096 };

    private GlmEngine Load(string folder) => GlmEngine.Load(folder, _images, Options, Pages, cancellation: Cancellation);

    private GlmRequest Ask(Grounding grounding) => new() { Prompt = "Total?", Images = [_receipt], Grounding = grounding, Sampling = new SamplingOptions { MaxTokens = 2 } };

    private static async Task<int> PromptTokensAsync(GlmEngine engine, GlmRequest request)
    {
        TextUpdate? last = null;
        await foreach (var update in engine.GenerateAsync(request, Cancellation)) last = update;
        return last!.Usage!.PromptTokens;
    }
}
