using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Features.Batches;

/// <summary>What an engine knows of its answer arrives in the cells.</summary>
public sealed class CellEvidenceTests
{
    [Fact]
    public async Task Run_AModelsReadings_BecomeEvidenceAndScore()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Model("12.00"), Reader("12.0")));
        var cells = await AnswerAsync(studio, i => i.Quality!.Notes = ["blurred"]);
        var (total, evidence) = (cells["total"], cells["total"].Evidence!);
        Assert.Equal((ValueSource.Model, 3, -0.6, 0.4, "8", 0.9), (evidence.Source, evidence.Tokens, evidence.LogProbability, evidence.Margin, evidence.Second, evidence.LineScore));
        Assert.Equal(["blurred"], evidence.Quality);
        Assert.Equal(RawScore.Of(FieldType.Money, "12.00", evidence), total.Score);
        Assert.Equal((ValueSource.Model, -0.05), (cells["date"].Evidence!.Source, cells["date"].Evidence!.Presence));
    }

    [Theory]
    [InlineData("12.0", true)]
    [InlineData("18.00", false)]
    public async Task Run_SecondReading_IsComparedUnderTheFieldsRule(string second, bool agrees)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Model("12.00"), Reader(second)));
        var evidence = (await AnswerAsync(studio))["total"].Evidence!;
        Assert.Equal((agrees, second), (evidence.ReaderAgrees, evidence.ReaderValue));
    }

    [Fact]
    public async Task Run_WithoutPageText_AsksNoSecondReading()
    {
        var reader = Reader("12.0");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Model("12.00"), reader));
        var evidence = (await AnswerAsync(studio, grounding: Grounding.PictureOnly))["total"].Evidence!;
        Assert.Equal((null, 0), (evidence.ReaderAgrees, reader.Calls));
    }

    [Fact]
    public async Task Run_AReaderThatFails_LeavesTheAnswer()
    {
        var reader = Reader("12.0");
        reader.Gate = (_, _) => throw new EngineException(EngineFault.BadRequest, "damaged");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Model("12.00"), reader));
        var total = (await AnswerAsync(studio))["total"];
        Assert.Equal(("12.00", null), (total.Value, total.Evidence!.ReaderAgrees));
    }

    [Fact]
    public async Task Run_AnAnswerCutOff_SaysSo()
    {
        var model = new FakeEngine(name: "mini") { Updates = _ => [new TextUpdate("{\"total\": \"12.00\"") { Finish = FinishReason.Length }] };
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(model, Reader("12.0")));
        Assert.True((await AnswerAsync(studio))["total"].Evidence!.IsCut);
    }

    private static FakeEngine Model(string total) => new(_ => $$"""{"total": "{{total}}", "date": null}""", "mini")
    {
        Readings =
        [
            new("total", total, new PageBox(0.1, 0.1, 0.2, 0.1), 0.8)
            {
                Match = 1, LineScore = 0.9,
                Evidence = new() { Tokens = 3, LogProbability = -0.6, PermittedLogProbability = -0.5, Presence = -0.01, FirstEntropy = 0.2, Margin = 0.4, Second = "8" },
            },
            new("date", null, null, 0) { Evidence = new() { Tokens = 1, LogProbability = -0.06, PermittedLogProbability = -0.05, Presence = -0.05 } },
        ],
    };

    private static FakeEngine Reader(string total) => new(_ => "{}") { Readings = [new("total", total, null, 0.7), new("date", null, null, 0)] };

    private static async Task<Dictionary<string, Cell>> AnswerAsync(StudioApp studio, Action<ImageItem>? change = null, Grounding grounding = Grounding.PageText)
    {
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(1, change)) with { Engine = "mini", Grounding = grounding });
        await studio.UntilAsync(id, BatchStatus.Finished);
        return Assert.Single(await studio.RowsAsync(id)).Cells.ToDictionary(c => c.FieldKey);
    }
}
