using System.Text;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Tests.Engine.Values;

public sealed class AnswerEvidenceTests
{
    private static readonly AskedField[] Fields =
    [
        new() { Key = "company", Label = "Company" }, new() { Key = "total", Label = "合计", Type = FieldType.Money }, new() { Key = "items", Label = "Items", Type = FieldType.List },
    ];

    private static readonly GlmStudio.Engine.Transcription.Transcript Page = PageLayout.Of("Blue Kettle Tea\nGreen tea  9.00\nTOTAL  12.40");

    [Fact]
    public void Of_AnObject_GivesValuesPlacesAndScores()
    {
        var readings = AnswerEvidence.Of(Tokens("""{"company": "Blue Kettle Tea", "total": 12.40, "items": ["Green tea 9.00", "x"]}"""), Fields, Page);
        Assert.Equal([("company", "Blue Kettle Tea"), ("total", "12.40"), ("items", "Green tea 9.00\nx")], readings.Select(r => (r.Key, r.Value)));
        Assert.All(readings.Take(2), r => Assert.NotNull(r.Box));
        Assert.True(readings[1].Box!.Y > readings[0].Box!.Y);
        Assert.All(readings, r => Assert.Equal(1, r.Score, 6));
    }

    [Fact]
    public void Of_AFilledInForm_GivesValuesPlacesAndScores()
    {
        var layout = new AnswerLayout(AnswerShape.FillIn);
        var tokens = Tokens("【Company】: Blue Kettle Tea\n【合计】: 12.40\n【Items】: unknown").Select(t => t.Bytes.Span is [(byte)'K'] ? t with { LogProbability = -15 } : t);
        var readings = AnswerEvidence.Of([.. tokens], Fields, Page, layout);
        Assert.Equal([("company", "Blue Kettle Tea"), ("total", "12.40"), ("items", null)], readings.Select(r => (r.Key, r.Value)));
        Assert.All(readings.Take(2), r => Assert.NotNull(r.Box));
        Assert.Equal([Math.Round(Math.Exp(-1), 6), 1, 0], readings.Select(r => Math.Round(r.Score, 6)));
    }

    [Fact]
    public void Of_DoubtfulCharacters_ScoreIsTheirMeanProbability()
    {
        var tokens = Tokens("""{"company": "ab", "total": null}""").Select(t => Encoding.UTF8.GetString(t.Bytes.Span) switch
        {
            "b" => t with { LogProbability = Math.Log(0.25) },
            ":" => t with { LogProbability = -9 },
            _ => t,
        });
        var readings = AnswerEvidence.Of([.. tokens], Fields, null);
        Assert.Equal(0.5, readings[0].Score, 6);
        Assert.Equal(("total", null, null, 0), (readings[1].Key, readings[1].Value, readings[1].Box, readings[1].Score));
    }

    [Fact]
    public void Of_Tokens_AddUpWhatTheyKnow()
    {
        List<ChosenToken> tokens =
        [
            Token("{\"company\": ", 0) with { IsForced = true }, Token("\"", -0.1) with { PermittedLogProbability = -0.05 },
            Token("A", -0.5) with { PermittedLogProbability = -0.4, Entropy = 0.9, Margin = 2, SecondBytes = "X"u8.ToArray() },
            Token("3", -0.7) with { PermittedLogProbability = -0.6, Entropy = 0.1, Margin = 0.2, SecondBytes = "8"u8.ToArray() }, Token("\"}", 0) with { IsForced = true },
        ];
        var found = Assert.Single(AnswerEvidence.Of(tokens, Fields, null)).Evidence!;
        Assert.Equal((2, 0.9, 0.2, "8", -0.05), (found.Tokens, found.FirstEntropy, found.Margin, found.Second, found.Presence));
        Assert.Equal((-1.2, -1.0), (Math.Round(found.LogProbability, 9), Math.Round(found.PermittedLogProbability, 9)));
    }

    [Fact]
    public void Of_Null_SaysHowFirmlyItWasChosen()
    {
        List<ChosenToken> tokens = [Token("{\"company\": ", 0) with { IsForced = true }, Token("n", -0.3) with { PermittedLogProbability = -0.2 }, Token("ull}", 0) with { IsForced = true }];
        var found = Assert.Single(AnswerEvidence.Of(tokens, Fields, null));
        Assert.Equal((null, 1, -0.2), (found.Value, found.Evidence!.Tokens, found.Evidence.Presence));
    }

    [Theory]
    [InlineData("Blue Kettle Tea", true)]
    [InlineData("Red Bucket Soup", false)]
    public void Of_AValue_SaysWhetherThePageShowsIt(string value, bool isThere)
    {
        var found = Assert.Single(AnswerEvidence.Of(Tokens($$"""{"company": "{{value}}"}"""), Fields, Page));
        Assert.Equal((isThere ? 1.0 : 0, isThere), (found.Match!.Value, found.LineScore is not null));
        Assert.Null(Assert.Single(AnswerEvidence.Of(Tokens($$"""{"company": "{{value}}"}"""), Fields, null)).Match);
    }

    [Fact]
    public void Of_ForcedTokens_AreNoEvidence()
    {
        List<ChosenToken> tokens = [Token("{\"company\": \"A", Math.Log(0.25)), Token("BC", 0) with { IsForced = true }, Token("\", \"total\": \"", 0) with { IsForced = true },
            Token("1", 0) with { IsForced = true }, Token("\"}", 0) with { IsForced = true }];
        Assert.Equal([0.25, 0], AnswerEvidence.Of(tokens, Fields, null).Select(r => Math.Round(r.Score, 6)));
    }

    [Fact]
    public void Of_TokensOfSeveralCharactersAndHiddenOnes_CountOnce()
    {
        List<ChosenToken> tokens = [Token("{\"company\":", -5), new(1, -7), Token(" \"Blue", Math.Log(0.25)), Token(" Kettle\"}", 0)];
        Assert.Equal(0.5, Assert.Single(AnswerEvidence.Of(tokens, Fields, null)).Score, 6);
    }

    [Theory]
    [InlineData("The total is 12.40.", 0)]
    [InlineData("""Sure: {"company": "A", "total": "12""", 1)]
    [InlineData("""```json\n{"合计": "1", "other": {"company": "no"}, "company": {"name": "A"}}\n```""", 2)]
    [InlineData("{]", 0)]
    [InlineData("{", 0)]
    [InlineData("", 0)]
    public void Of_AnyAnswer_GivesWhatIsWholeInIt(string answer, int expected) => Assert.Equal(expected, AnswerEvidence.Of(Tokens(answer), Fields, Page).Count);

    [Fact]
    public void Of_HalfACharacterInside_GivesNothingForIt() =>
        Assert.Empty(AnswerEvidence.Of([Token("{\"company\": \"", 0), new(1, 0) { Bytes = new byte[] { 0xE5 } }, Token("\"}", 0)], Fields, Page));

    [Fact]
    public void Of_MutatedAnswers_NeverThrows()
    {
        var healthy = Encoding.UTF8.GetBytes("""{"company": "Blue \u00e9 Tea", "total": 12.40, "items": ["a", 2, {"b": [1]}, null]}""");
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++) AnswerEvidence.Of([new ChosenToken(1, 0) { Bytes = Mutation.Of(healthy, random) }], Fields, null);
    }

    private static List<ChosenToken> Tokens(string text) => [.. text.EnumerateRunes().Select(r => Token(r.ToString(), 0))];

    private static ChosenToken Token(string text, double log) => new(1, log) { Bytes = Encoding.UTF8.GetBytes(text) };
}
