using GlmStudio.Engine;
using GlmStudio.Engine.Transcription;
using GlmStudio.Engine.Values;

namespace GlmStudio.Tests.Engine.Values;

/// <summary>Pages of all families with their expected answers: Fixtures/Values. One page a test, so that a change shows what it costs.</summary>
public sealed class ValueFinderTests
{
    public static TheoryData<string> Pages => [.. LoadAll().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Find_OnAPage_GivesWhatIsPrinted(string page)
    {
        var (_, transcript, expected) = LoadAll().Single(p => p.Name == page);
        var found = ValueFinder.Find(transcript, [.. expected.Select(e => e.Field)]);
        var wrong = expected.Zip(found).Where(p => !Normaliser.Same(p.First.Field.Type, p.First.Value ?? "", p.Second.Value ?? ""))
            .Select(p => $"{p.First.Field.Key}: found '{p.Second.Value ?? "null"}' ({p.Second.Score:0.00}), expected '{p.First.Value ?? "null"}'").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {expected.Count} fields:\n{string.Join('\n', wrong)}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Find_OnAPage_GivesBoxesInsideItAndScores(string page)
    {
        var (_, transcript, expected) = LoadAll().Single(p => p.Name == page);
        foreach (var reading in ValueFinder.Find(transcript, [.. expected.Select(e => e.Field)]))
        {
            Assert.InRange(reading.Score, reading.Value is null ? 0 : 0.3, reading.Value is null ? 0 : 1);
            Assert.Equal(reading.Value is null, reading.Box is null);
            if (reading.Box is { } box)
                Assert.True(box.X >= 0 && box.Y >= 0 && box.Width > 0 && box.Height > 0 && box.X + box.Width <= 1.001 && box.Y + box.Height <= 1.001);
        }
    }

    [Fact]
    public void Find_OnAnEmptyPage_FindsNothing()
    {
        var found = ValueFinder.Find(new Transcript(10, 10, []), [new AskedField { Key = "total", Label = "Total", Type = FieldType.Money }]);
        Assert.Equal(new FieldReading("total", null, null, 0), Assert.Single(found));
    }

    [Fact]
    public void Find_TooManyFields_SaysHowManyAreTaken()
    {
        var fields = Enumerable.Range(0, ValueFinder.MaxFields + 1).Select(i => new AskedField { Key = $"f{i}", Label = $"F{i}" }).ToList();
        var error = Assert.Throws<EngineException>(() => ValueFinder.Find(new Transcript(10, 10, []), fields));
        Assert.Contains("at most 200", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OnRandomPages_NeverThrows()
    {
        var random = new Random(11);
        var types = Enum.GetValues<FieldType>();
        string[] words = ["Total", "合计", ":", "：", "RM", "12.50", "2018-1-2", "名称", "  ", "\t", "\uD83D\uDE00", "\uD83D", "（", ")", "No.", "SDN BHD", "地址", "￥", "-", "1", "↑", "x2", "Qty", "☑", "|"];
        for (var i = 0; i < 200; i++)
        {
            var lines = Enumerable.Range(0, random.Next(30)).Select(row => new TranscriptLine
            {
                Text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)] + (random.Next(2) == 0 ? " " : ""))),
                Box = new PageBox(random.NextDouble(), random.NextDouble(), random.NextDouble() * 0.5, random.NextDouble() * 0.1),
                Score = random.NextDouble(),
                Row = random.Next(12),
            }).ToList();
            var fields = types.Select((t, n) => new AskedField { Key = $"k{n}", Label = words[random.Next(words.Length)] + "名称", Type = t, Choices = ["Qty", "", "合计"] }).ToList();
            Assert.Equal(fields.Count, ValueFinder.Find(new Transcript(random.Next(1, 900), random.Next(1, 900), lines), fields).Count);
        }
    }

    // About a second on an idle core; quadratic growth would take minutes.
    [Fact(Timeout = 300_000)]
    public async Task Find_TwoThousandLinesAndSixtyFields_Ends()
    {
        var random = new Random(3);
        string[] words = ["total", "amount", "名称", "金额", "12.50", "2018-01-02", "invoice no", "tel", "abc", "jalan", "price:"];
        var lines = Enumerable.Range(0, 2_000).Select(row => new TranscriptLine
        {
            Text = string.Join(' ', Enumerable.Range(0, 12).Select(_ => words[random.Next(words.Length)])),
            Box = new PageBox(0.1, row / 2_000.0, 0.8, 0.0004),
            Score = 1,
            Row = row,
        }).ToList();
        var fields = Enumerable.Range(0, 60).Select(i => new AskedField { Key = $"k{i}", Label = i % 2 == 0 ? "Total amount" : $"Field {i}", Type = (FieldType)(i % 9), Choices = ["abc"] }).ToList();
        var found = await Task.Run(() => ValueFinder.Find(new Transcript(1_000, 60_000, lines), fields), TestContext.Current.CancellationToken);
        Assert.Equal(60, found.Count);
    }

    [Fact(Timeout = 300_000)]
    public async Task Find_OneVeryLongLine_Ends()
    {
        var line = new TranscriptLine { Text = string.Concat(Enumerable.Repeat("total amount: 1.1.1 (", 5_000)), Box = new PageBox(0, 0, 1, 1), Score = 1, Row = 0 };
        var fields = Enum.GetValues<FieldType>().Select(t => new AskedField { Key = $"{t}", Label = "Total amount", Type = t }).ToList();
        var found = await Task.Run(() => ValueFinder.Find(new Transcript(1_000, 1_000, [line]), fields), TestContext.Current.CancellationToken);
        Assert.Equal(fields.Count, found.Count);
    }

    private sealed record Expected(AskedField Field, string? Value);

    private static List<(string Name, Transcript Page, List<Expected> Fields)> LoadAll()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Values");
        return [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(file => File.ReadAllText(file).ReplaceLineEndings("\n")
            .Split("@@ ", StringSplitOptions.RemoveEmptyEntries).Select(text => Load(Path.GetFileNameWithoutExtension(file), text)))];
    }

    private static (string, Transcript, List<Expected>) Load(string family, string text)
    {
        var parts = text.Split("\n====\n", 2);
        var newline = parts[0].IndexOf('\n', StringComparison.Ordinal);
        var fields = parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ToField).ToList();
        return ($"{family}: {parts[0][..newline]}", PageLayout.Of(parts[0][(newline + 1)..]), fields);
    }

    private static Expected ToField(string line)
    {
        var columns = line.Split(" | ");
        var type = columns[2].Split('(', ')');
        var field = new AskedField { Key = columns[0], Label = columns[1], Type = Enum.Parse<FieldType>(type[0]), Choices = type.Length > 1 ? type[1].Split(',') : [] };
        return new Expected(field, columns[3] == "null" ? null : columns[3].Replace(" || ", "\n", StringComparison.Ordinal));
    }
}
