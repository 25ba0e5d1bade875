using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Features.Batches.Journal;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches.Journal;

public sealed class ReplayRowTests
{
    private static readonly ChosenToken[] Tokens = [new(5, -0.25) { Margin = 3 }, new(6, -0.5) { Margin = 0.02 }];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_EngineAnswersTheSame_IsBitEqualAndNoted()
    {
        var engine = Engine("""{"total": "12"}""", Tokens);
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var row = await AnswerAsync(studio);
        Assert.Equal(ReplayOutcome.BitEqual, (await studio.Get<ReplayRow>().HandleAsync(row.Id, Cancellation)).Verdict.Outcome);
        await using var db = studio.OpenDatabase();
        Assert.Equal([JournalEvent.Answered, JournalEvent.Replayed], await db.Journal.OrderBy(e => e.Id).Select(e => e.Event).ToListAsync(Cancellation));
        Assert.Equal(row.Answer, (await studio.RowsAsync(row.BatchId))[0].Answer);
    }

    [Fact]
    public async Task Handle_ModelBesideTheReader_AsksTheModelOnly()
    {
        var (model, reader) = (new FakeEngine(name: "mini") { Updates = _ => Updates("""{"total": "12"}""", Tokens) }, new FakeEngine());
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(reader, model));
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(1)) with { Engine = "mini", Grounding = Grounding.PageText });
        await studio.UntilAsync(id, BatchStatus.Finished);
        Assert.Equal((1, 1), (model.Calls, reader.Calls));
        await studio.Get<ReplayRow>().HandleAsync((await studio.RowsAsync(id))[0].Id, Cancellation);
        Assert.Equal((2, 1), (model.Calls, reader.Calls));
    }

    [Fact]
    public async Task Replay_AnotherToken_SaysWhichAndItsMarginOverHttp()
    {
        var engine = Engine("""{"total": "12"}""", Tokens);
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var row = await AnswerAsync(studio);
        engine.Updates = _ => Updates("""{"total": "18"}""", [Tokens[0], new ChosenToken(9, -0.6) { Margin = 0.01 }]);
        using var response = await studio.Http.PostAsync($"/api/rows/{row.Id}/replay", null, Cancellation);
        var verdict = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(("differs", 1, 0.01), (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("token").GetInt32(), verdict.GetProperty("margin").GetDouble()));
    }

    [Fact]
    public async Task Handle_CheckpointHasChanged_Cannot()
    {
        var engine = Engine("{}", Tokens);
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var row = await AnswerAsync(studio);
        await using (var db = studio.OpenDatabase())
        {
            var manifest = await db.SharedManifests.SingleAsync(Cancellation);
            manifest.Parts = [.. manifest.Parts.Select(p => p.Name == SharedManifest.ModelPart ? p with { Value = "other" } : p)];
            await db.SaveChangesAsync(Cancellation);
        }
        var replay = await studio.Get<ReplayRow>().HandleAsync(row.Id, Cancellation);
        Assert.Equal((ReplayOutcome.Cannot, 1), (replay.Verdict.Outcome, engine.Calls));
        Assert.Contains("checkpoint has changed", replay.Sentence.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verb_KnownAndUnknownRow_PrintTheVerdictAndAnExitCode()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(Engine("{}", [])));
        var row = await AnswerAsync(studio);
        using var output = new StringWriter();
        Assert.Equal(0, await ReplayVerb.RunAsync(["--row", $"{row.Id}"], studio.Get<ReplayRow>(), output, TextWriter.Null));
        Assert.Contains("\"verdict\":\"bitEqual\"", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, await ReplayVerb.RunAsync(["--row", "999"], studio.Get<ReplayRow>(), TextWriter.Null, TextWriter.Null));
        Assert.Equal(2, await ReplayVerb.RunAsync([], studio.Get<ReplayRow>(), TextWriter.Null, TextWriter.Null));
    }

    private static FakeEngine Engine(string text, ChosenToken[] tokens) => new() { Updates = _ => Updates(text, tokens) };

    private static IEnumerable<TextUpdate> Updates(string text, ChosenToken[] tokens) => [new TextUpdate(text) { Tokens = tokens, Finish = FinishReason.Stop }];

    private static async Task<Row> AnswerAsync(StudioApp studio)
    {
        var id = await studio.StartBatchAsync(1);
        await studio.UntilAsync(id, BatchStatus.Finished);
        return (await studio.RowsAsync(id))[0];
    }
}
