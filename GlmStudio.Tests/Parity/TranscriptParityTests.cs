using System.Text.Json;
using System.Text.Json.Nodes;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Transcription;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Parity;

/// <summary>A model is given at work what it was given in training: the engine's token ids of a page's text and those of training/mini are the same.</summary>
public sealed class TranscriptParityTests : IDisposable
{
    private static readonly PlacedText[] Strange =
    [
        new(0, 0.005, 0.0025, "a"), new(-0.2, 1.4, 1, "x  y"), new(0.29, 0.57, 0.58, "𠮷野家 ①Ⅷ½ 🍜"), new(0.07, 0.99, 0.995, "RM 1,234.50 （含税）"), new(0.5, 0.5, 0.5, "don't STOP\tnow"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-transcript-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Recordings => [.. ReferenceModel.Names.Where(m => ReferenceModel.Open(m).Recorded.Transcript is not null)];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Write_RecordedLines_BeginsTheRecordedPrompts(string model)
    {
        var reference = ReferenceModel.Open(model);
        var written = TranscriptText.Write(reference.Recorded.Transcript!, Tokenizer.Read(reference.CheckpointFolder));
        var grounded = reference.Recorded.Cases.Where(c => c.Prompt.StartsWith(TranscriptText.Begin, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(grounded);
        Assert.All(grounded, c => Assert.Equal(written, c.Prompt[..(c.Prompt.IndexOf(TranscriptText.End, StringComparison.Ordinal) + TranscriptText.End.Length)]));
    }

    [Fact]
    public async Task Encode_PagesOfAllKinds_GivesTheTrainingsIds()
    {
        var pages = await PagesAsync();
        var file = Path.Combine(_folder.FullName, "pages.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(pages.Select(p => p.Select(l => new object[] { l.Left, l.Right, l.Middle, l.Text }))), Cancellation);
        foreach (var folder in new[] { LikeTheShippedOne(), Repository.At("models/glm-studio-mini") }.Where(f => File.Exists(Path.Combine(f, "tokenizer.json"))))
        {
            var tokenizer = Tokenizer.Read(folder);
            var printed = await Python.RunAsync("GlmStudio.Tests/Fixtures/Scripts/transcript_ids.py", Path.Combine(folder, "tokenizer.json"), file);
            var expected = JsonSerializer.Deserialize<int[][]>(printed)!;
            Assert.Equal(expected, pages.Select(p => tokenizer.Encode(TranscriptText.Write(p, tokenizer)).ToArray()));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<PlacedText[][]> PagesAsync()
    {
        using var images = new ImageReader(new ImageLimits());
        using var reader = new PageReader(PageReader.DefaultModelFolder, threads: 1);
        using var transcripts = new PageTranscripts(images, reader);
        var pages = new List<PlacedText[]> { Strange, Array.Empty<PlacedText>() };
        foreach (var name in new[] { "english/cafe-03.png", "chinese/restaurant-10.png" })
        {
            var page = await transcripts.ReadAsync(new ImageInput(await File.ReadAllBytesAsync(Repository.At($"samples/receipts/{name}"), Cancellation)), Cancellation);
            pages.Add([.. page.Lines.Select(l => new PlacedText(l.Box.X, l.Box.X + l.Box.Width, l.Box.Y + l.Box.Height / 2, l.Text))]);
        }
        return [.. pages];
    }

    /// <summary>The fixture's vocabulary under the shipped tokenizer's rules.</summary>
    private string LikeTheShippedOne()
    {
        const int FirstFree = 544, Columns = 100, Rows = 200;
        var tokenizer = JsonNode.Parse(File.ReadAllText(Path.Combine(TinyCheckpoint.Folder, "tokenizer.json")))!;
        tokenizer["model"]!["ignore_merges"] = true;
        tokenizer["normalizer"] = null;
        tokenizer["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"] = new JsonObject { ["Regex"] = @"[A-Za-z]+|[\s\S]" };
        string[] tokens = [TranscriptText.Begin, TranscriptText.End, .. Enumerable.Range(0, Columns).Select(i => $"<|x{i}|>"), .. Enumerable.Range(0, Rows).Select(i => $"<|y{i}|>")];
        foreach (var (i, content) in tokens.Index()) tokenizer["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = FirstFree + i, ["content"] = content, ["special"] = true });
        File.WriteAllText(Path.Combine(_folder.FullName, "tokenizer.json"), tokenizer.ToJsonString());
        return _folder.FullName;
    }
}
