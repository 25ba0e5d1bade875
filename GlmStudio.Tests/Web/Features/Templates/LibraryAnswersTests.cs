using System.Text;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

/// <summary>The shipped checkpoint before every template of the library, in the shapes it can be asked for.</summary>
public sealed class LibraryAnswersTests(LibraryAnswersTests.Model model) : IClassFixture<LibraryAnswersTests.Model>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, AnswerShape> Templates() =>
        [.. TemplateLibrary.All.Select(t => (t.Key, AnswerShape.Json)), ("receipt", AnswerShape.FillIn), ("menu", AnswerShape.Pairs)];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Generate_TemplateOfTheLibrary_IsCompleteAndOfItsForm(string key, AnswerShape shape)
    {
        var draft = TemplateLibrary.Find(key)!;
        var version = draft.ToVersion(1, "", default);
        version.Shape = shape;
        if (shape == AnswerShape.Pairs) version.Fields = [version.Fields.First(f => f.Type == FieldType.List)];
        List<AskedField> fields = [.. version.Fields.Select(f => f.ToAsked())];
        var page = await model.Pages.ReadAsync(model.Receipt, Cancellation);
        var form = AnswerForm.OfFields(fields, PromptRenderer.LayoutOf(version));
        var (answer, last) = (new StringBuilder(), new TextUpdate(""));
        await foreach (var update in model.Engine.GenerateAsync(new GlmRequest
        {
            Prompt = PromptRenderer.Render(version), Images = [model.Receipt], Fields = fields, Form = form,
            Sampling = new SamplingOptions { MaxTokens = (int)Math.Min(form.LongestTokens, AnswerForm.MostTokens) },
        }, Cancellation))
        {
            answer.Append(update.Delta);
            last = update;
        }
        Assert.Equal(FinishReason.Stop, last.Finish);
        Assert.True(AnswerForm.OfFields(fields, [.. page.Lines.Select(l => l.Text)], PromptRenderer.LayoutOf(version)).Accepts(answer.ToString()), answer.ToString());
        Assert.Equal(shape == AnswerShape.Pairs ? 1 : fields.Count, last.Readings.Count);
    }

    public sealed class Model : IAsyncLifetime
    {
        private readonly ImageReader _images = new(new ImageLimits());
        private readonly PageReader _reader = new(PageReader.DefaultModelFolder, threads: 1);

        public ImageInput Receipt { get; } = new(File.ReadAllBytes(Repository.At("samples/receipts/english/cafe-03.png")));

        public PageTranscripts Pages { get; private set; } = null!;

        public GlmEngine Engine { get; private set; } = null!;

        public ValueTask InitializeAsync()
        {
            Pages = new PageTranscripts(_images, _reader);
            Engine = GlmEngine.Load(Repository.At("models/glm-studio-mini"), _images, new GlmEngineOptions { Slots = 2 }, Pages, cancellation: TestContext.Current.CancellationToken);
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await Engine.DisposeAsync();
            Pages.Dispose();
            _reader.Dispose();
            _images.Dispose();
        }
    }
}
