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

    [Theory]
    [InlineData(AnswerShape.Json)]
    [InlineData(AnswerShape.FillIn)]
    public async Task Generate_FieldsOfAGroundedPage_CopiesEveryValue(AnswerShape shape)
    {
        await using var engine = Load(_checkpoint.Folder);
        AskedField[] fields = [new() { Key = "shop", Label = "Shop" }, new() { Key = "total", Label = "Total", Type = FieldType.Money }, new() { Key = "no", Label = "No", Type = FieldType.Id }];
        var page = await Pages.ReadAsync(_receipt, Cancellation);
        var form = AnswerForm.OfFields(fields, [.. page.Lines.Select(l => l.Text), .. StackedLines.Of(page)], new AnswerLayout(shape));
        var invented = 0;
        for (var seed = 0; seed < 10; seed++)
        {
            var (answer, last) = await AnswerAsync(engine, Held(Grounding.PageText, fields, shape, seed));
            Assert.Equal(FinishReason.Stop, last.Finish);
            Assert.True(form.Accepts(answer), answer);
            Assert.All(last.Readings.Where(r => r.Value is not null), r => Assert.NotNull(r.Box));
            if (!form.Accepts((await AnswerAsync(engine, Held(Grounding.PictureOnly, fields, shape, seed))).Answer)) invented++;
        }
        Assert.InRange(invented, 1, 10);
    }

    [Fact]
    public async Task Generate_FieldsWithoutAPage_AreFreeAndCounted()
    {
        await using var engine = Load(_checkpoint.Folder);
        long free = 0;
        using var meters = new System.Diagnostics.Metrics.MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "glmstudio_free_forms") listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref free, value));
        meters.Start();
        await AnswerAsync(engine, Held(Grounding.PictureOnly, [new AskedField { Key = "a", Label = "A" }], AnswerShape.Json, 1));
        Assert.InRange(free, 1, long.MaxValue);
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

    private GlmRequest Held(Grounding grounding, AskedField[] fields, AnswerShape shape, int seed) => Ask(grounding) with
    {
        Fields = fields, Form = AnswerForm.OfFields(fields, new AnswerLayout(shape)), Sampling = new SamplingOptions { MaxTokens = 2000, Temperature = 1, Seed = seed },
    };

    private static async Task<(string Answer, TextUpdate Last)> AnswerAsync(GlmEngine engine, GlmRequest request)
    {
        var (answer, last) = (new System.Text.StringBuilder(), new TextUpdate(""));
        await foreach (var update in engine.GenerateAsync(request, Cancellation))
        {
            answer.Append(update.Delta);
            last = update;
        }
        return (answer.ToString(), last);
    }

    private static async Task<int> PromptTokensAsync(GlmEngine engine, GlmRequest request)
    {
        TextUpdate? last = null;
        await foreach (var update in engine.GenerateAsync(request, Cancellation)) last = update;
        return last!.Usage!.PromptTokens;
    }
}
