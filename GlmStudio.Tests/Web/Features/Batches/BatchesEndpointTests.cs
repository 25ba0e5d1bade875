using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class BatchesEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_NamesOfDatasetAndTemplate_StartsABatch()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await studio.SeedAsync(3);
        using var created = await studio.Http.PostAsJsonAsync("/api/batches", new { dataset = "May", template = "slip", name = "night" }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        await studio.UntilAsync(1, BatchStatus.Finished);
        var batch = await studio.Http.GetFromJsonAsync<JsonElement>(created.Headers.Location, Cancellation);
        Assert.Equal(("night", 3, 3, 0), (batch.GetProperty("name").GetString(), batch.GetProperty("rows").GetInt32(),
            batch.GetProperty("answered").GetInt32(), batch.GetProperty("failed").GetInt32()));
        Assert.StartsWith("3/3 answered, ", batch.GetProperty("closing").GetString(), StringComparison.Ordinal);
        var list = await studio.Http.GetFromJsonAsync<JsonElement>("/api/batches", Cancellation);
        Assert.Equal(1, list.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"dataset":"June","template":"slip"}""", 400, "There is no dataset \"June\"")]
    [InlineData("""{"dataset":"May","template":"slop"}""", 400, "template \"slop\"")]
    [InlineData("""{"dataset":"May","template":"slip","engine":"gpt"}""", 400, "no engine or checkpoint folder named")]
    [InlineData("""{"dataset":"May","template":"slip","limit":-1}""", 400, "at least 1")]
    public async Task Post_BadOrder_SaysWhatIsWrong(string body, int status, string expected)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await studio.SeedAsync(1);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await studio.Http.PostAsync(new Uri("/api/batches", UriKind.Relative), content, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Contains(expected, problem.TryGetProperty("detail", out var detail) ? detail.GetString() : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NotJson_IsRefused()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        using var content = new StringContent("{\"dataset\":", System.Text.Encoding.UTF8, "application/json");
        using var response = await studio.Http.PostAsync(new Uri("/api/batches", UriKind.Relative), content, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/batches/1/pause", 409)]
    [InlineData("/api/batches/1/resume", 409)]
    [InlineData("/api/batches/1/cancel", 409)]
    [InlineData("/api/batches/1/retry", 409)]
    [InlineData("/api/batches/9/pause", 404)]
    public async Task Post_ChangeThatCannotBe_IsRefused(string path, int status)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await studio.UntilAsync(await studio.StartBatchAsync(1), BatchStatus.Finished);
        using var response = await studio.Http.PostAsync(new Uri(path, UriKind.Relative), null, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsRefused()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/batches/1/cancel") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using var response = await studio.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Answers_ThreeRows_AreInUploadOrderWithNames()
    {
        await using var studio = await FinishedAsync();
        var lines = (await studio.Http.GetStringAsync("/files/batches/1/answers.jsonl", Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        Assert.Equal([BatchScene.PathOf(0), BatchScene.PathOf(1), BatchScene.PathOf(2)], lines.Select(l => l.GetProperty("file").GetString()));
        Assert.Equal("=1+2", lines[0].GetProperty("values").GetProperty("total").GetString());
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("values").GetProperty("date").ValueKind);
        Assert.Equal("Too dark.", lines[1].GetProperty("error").GetString());

        var json = await studio.Http.GetFromJsonAsync<JsonElement>("/files/batches/1/answers.json", Cancellation);
        Assert.Equal(3, json.GetArrayLength());
        using var text = await studio.Http.GetAsync(new Uri("/files/batches/1/answers.txt", UriKind.Relative), Cancellation);
        Assert.Equal($"# {BatchScene.PathOf(0)}\n  total: =1+2\n  date: \n\n# {BatchScene.PathOf(1)}\n  ! Too dark.\n\n# {BatchScene.PathOf(2)}\n  total: =1+2\n  date: \n\n",
            await text.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("May · Slip v1.txt", text.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task Answers_OneRow_IsOnlyThatRow()
    {
        await using var studio = await FinishedAsync();
        var row = (await studio.RowsAsync(1))[2];
        var json = await studio.Http.GetFromJsonAsync<JsonElement>($"/files/batches/1/rows/{row.Id}/answer.json", Cancellation);
        Assert.Equal(BatchScene.PathOf(2), json.GetProperty("file").GetString());
        using var other = await studio.Http.GetAsync(new Uri($"/files/batches/2/rows/{row.Id}/answer.json", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Answers_CorrectedCell_ShowThePersonsValue()
    {
        await using var studio = await FinishedAsync();
        await using (var db = studio.OpenDatabase())
            await db.Cells.Where(c => c.FieldKey == "date").ExecuteUpdateAsync(set => set.SetProperty(c => c.IsCorrected, true).SetProperty(c => c.CorrectedValue, "2026-01-01"), Cancellation);
        var json = await studio.Http.GetFromJsonAsync<JsonElement>("/files/batches/1/answers.json", Cancellation);
        Assert.Equal("2026-01-01", json[0].GetProperty("values").GetProperty("date").GetString());
    }

    [Theory]
    [InlineData("/files/batches/9/answers.json")]
    [InlineData("/files/batches/1/answers.exe")]
    public async Task Answers_NotThere_Is404(string path)
    {
        await using var studio = await FinishedAsync();
        using var response = await studio.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<StudioApp> FinishedAsync()
    {
        var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(r => BatchScene.PathOf(r) == BatchScene.PathOf(1)
            ? throw new EngineException(EngineFault.UnreadableImage, "Too dark.") : """{"total": "=1+2"}""")));
        await studio.UntilAsync(await studio.StartBatchAsync(3), BatchStatus.Finished);
        return studio;
    }
}
