using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class CheckBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_EverythingIsWrong_SaysAllOfItTogether()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), "--Batches:LeastFreeMegabytes=1000000");
        var order = new BatchOrder(99, 98, "gpt", null, new string('x', 201), null, 0) { Repeats = 0 };
        var found = await studio.Get<CheckBatch>().HandleAsync(order, Cancellation);
        string[] expected = ["The limit is 0", "Each picture is asked 0 times", "The name has 201", "named \"gpt\"", "MB free", "no template version 98", "no dataset 99"];
        Assert.Equal(expected.Length, found.Faults.Count);
        Assert.All(expected.Zip(found.Faults), pair => Assert.Contains(pair.First, pair.Second.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_OverHttp_ListsAllFaults()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await studio.SeedAsync(0);
        using var response = await studio.Http.PostAsJsonAsync("/api/batches", new { datasetId = 1, templateVersionId = 99, engine = "gpt" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problems = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("problems");
        Assert.Equal(3, problems.GetArrayLength());
    }

    [Fact]
    public async Task Handle_AnswerThatCannotFit_IsAFault()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var scene = await studio.SeedAsync(1);
        await using (var db = studio.OpenDatabase())
        {
            db.TemplateVersions.Single().Fields = [.. Enumerable.Range(0, 300).Select(i => new Field { Key = $"k{i}", Label = $"Label {i}", Type = FieldType.List })];
            await db.SaveChangesAsync(Cancellation);
        }
        var fault = Assert.Single((await studio.Get<CheckBatch>().HandleAsync(BatchScene.Order(scene), Cancellation)).Faults);
        Assert.Contains("tokens", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OnlySomePicturesAreBad_StartsWithNotesAndFailsThoseAtOnce()
    {
        var engine = new FakeEngine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var scene = await studio.SeedAsync(3, item =>
        {
            if (item.Ordinal == 0) item.Problem = "The file is cut short.";
            if (item.Ordinal == 1) item.ContentHash = new string('a', 64);
        });
        await using (var db = studio.OpenDatabase())
        {
            db.DuplicateFiles.Add(new DuplicateFile { DatasetId = scene.DatasetId, Path = "copy.jpg", ContentHash = new string('a', 64) });
            await db.SaveChangesAsync(Cancellation);
        }
        var created = await studio.Get<CreateBatch>().HandleAsync(BatchScene.Order(scene), Cancellation);
        string[] expected = ["The files of 1 pictures", "1 pictures cannot be read", "1 files have the same bytes"];
        Assert.Equal(expected.Length, created.Notes.Count);
        Assert.All(expected.Zip(created.Notes), pair => Assert.StartsWith(pair.First, pair.Second.ToString(), StringComparison.Ordinal));
        await studio.UntilAsync(created.Id!.Value, BatchStatus.Finished);
        var rows = await studio.RowsAsync(created.Id.Value);
        Assert.Equal([(RowStatus.Failed, 0), (RowStatus.Failed, 0), (RowStatus.Answered, 1)], rows.Select(r => (r.Status, r.Attempts)));
        Assert.Equal(1, engine.Calls);
    }
}
