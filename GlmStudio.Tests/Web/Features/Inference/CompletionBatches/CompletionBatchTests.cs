using System.Net;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Datasets;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

public sealed class CompletionBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_GoodAndBadLines_AreAnsweredInOrder()
    {
        await using var studio = await Doorstep.OpenAsync();
        var batch = await studio.UntilAsync(await studio.BatchAsync(BatchSteps.Line("一", "first"), BatchSteps.Line("two", "memory"), BatchSteps.Line("three", "third")), "completed");
        Assert.Equal("""{"total":3,"completed":2,"failed":1}""", batch.GetProperty("request_counts").ToString());
        var output = await studio.LinesAsync(batch, "output_file_id");
        Assert.Equal(["一", "three"], output.Select(l => l.CustomId()));
        Assert.Equal("first (0)", output[0].GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        var error = Assert.Single(await studio.LinesAsync(batch, "error_file_id"));
        Assert.Equal(("two", 503, "No memory now."), (error.CustomId(), error.GetProperty("response").GetProperty("status_code").GetInt32(),
            error.GetProperty("response").GetProperty("body").GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Batch_FaultyInput_FailsWithAllFaultsAndAsksNothing()
    {
        var engine = new FakeEngine();
        await using var studio = await Doorstep.OpenAsync(engine);
        var batch = await studio.UntilAsync(await studio.BatchAsync(
            BatchSteps.Line("a", "q"), "not json", "[]", BatchSteps.Line("a", "q"), BatchSteps.Line("b", "q", "other"),
            """{"custom_id":"c","method":"GET","url":"/v1/embeddings"}""", """{"method":"POST","url":"/v1/chat/completions","body":{"messages":[],"stream":true}}""",
            """{"custom_id":"d","method":"POST","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"q"}],"tools":[{}]}}""",
            """{"custom_id":"e","method":"POST","url":"/v1/chat/completions","body":{"messages":[]}}"""), "failed");
        var faults = batch.GetProperty("errors").GetProperty("data").EnumerateArray().Select(f => $"{f.GetProperty("line")} {f.GetProperty("code").GetString()}");
        Assert.Equal(["2 invalid_json_line", "3 invalid_json_line", "4 duplicate_custom_id", "5 mismatched_model", "6 invalid_method", "6 invalid_url", "6 missing_required_parameter",
            "7 missing_required_parameter", "7 unsupported_parameter", "8 unsupported_parameter", "9 invalid_request"], faults);
        Assert.Equal(0, engine.Calls);
    }

    [Fact]
    public async Task Batch_UnknownModel_SaysSo()
    {
        await using var studio = await Doorstep.OpenAsync();
        var batch = await studio.UntilAsync(await studio.BatchAsync(BatchSteps.Line("a", "q", "absent")), "failed");
        Assert.Equal("model_not_found", batch.GetProperty("errors").GetProperty("data")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Cancel_WhileRunning_KeepsWhatIsAnswered()
    {
        var hold = new TaskCompletionSource();
        var engine = new FakeEngine { Gate = (request, stop) => request.Prompt == "hold" ? hold.Task.WaitAsync(stop) : Task.CompletedTask };
        // Two lines of the batch at once, beside a place for live calls: the held one does not keep the other from its answer.
        await using var studio = await Doorstep.OpenAsync(engine, "--Inference:Concurrency=3");
        var id = await studio.BatchAsync(BatchSteps.Line("a", "q"), BatchSteps.Line("b", "hold"), BatchSteps.Line("c", "hold"));
        await studio.UntilAsync(id, b => b.GetProperty("request_counts").GetProperty("completed").GetInt32() == 1);
        await studio.PostAsync($"/v1/batches/{id}/cancel", "");
        var batch = await studio.UntilAsync(id, "cancelled");
        Assert.Equal(["a"], (await studio.LinesAsync(batch, "output_file_id")).Select(l => l.CustomId()));
        Assert.Equal(["b batch_cancelled", "c batch_cancelled"], (await studio.LinesAsync(batch, "error_file_id")).Select(l => $"{l.CustomId()} {l.GetProperty("error").GetProperty("code").GetString()}"));
        Assert.Equal(400, (await studio.PostAsync($"/v1/batches/{id}/cancel", "")).Status);
    }

    [Fact]
    public async Task LiveCall_WhileABatchHoldsItsPlaces_IsAnswered()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new FakeEngine
        {
            Gate = (request, stop) => request.Prompt != "hold" ? Task.CompletedTask : Task.WhenAll(Task.Run(begun.TrySetResult, stop), new TaskCompletionSource().Task.WaitAsync(stop)),
        };
        await using var studio = await Doorstep.OpenAsync(engine, "--Inference:Concurrency=2");
        await studio.BatchAsync(BatchSteps.Line("a", "hold"), BatchSteps.Line("b", "hold"), BatchSteps.Line("c", "hold"));
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal(200, (await studio.PostAsync("/v1/chat", new { question = "live" }).WaitAsync(TimeSpan.FromSeconds(60), Cancellation)).Status);
        Assert.Equal(2, engine.Calls);
    }

    [Fact]
    public async Task Restart_InTheMiddle_AnswersTheRestOnly()
    {
        using var folder = new TempFolder();
        string id;
        var first = new FakeEngine { Gate = (request, stop) => request.Prompt == "later" ? new TaskCompletionSource().Task.WaitAsync(stop) : Task.CompletedTask };
        await using (var studio = await Doorstep.OpenAsync(first, $"--Studio:Data={folder.Path}", "--Inference:Concurrency=3"))
        {
            id = await studio.BatchAsync(BatchSteps.Line("a", "now"), BatchSteps.Line("b", "later"), BatchSteps.Line("c", "later"));
            await studio.UntilAsync(id, b => b.GetProperty("request_counts").GetProperty("completed").GetInt32() == 1);
        }
        var second = new FakeEngine();
        await using var again = await Doorstep.OpenAsync(second, $"--Studio:Data={folder.Path}");
        var batch = await again.UntilAsync(id, "completed");
        Assert.Equal(["a", "b", "c"], (await again.LinesAsync(batch, "output_file_id")).Select(l => l.CustomId()));
        Assert.Equal(2, second.Calls);
    }

    [Fact]
    public async Task Create_SameIdempotencyKey_GivesTheSameBatch_AndRefusesAnother()
    {
        await using var studio = await Doorstep.OpenAsync();
        var file = await studio.SendAsync(BatchSteps.Line("a", "q"));
        var first = (await studio.StartAsync(file, "key-1")).Body.GetProperty("id").GetString();
        Assert.Equal(first, (await studio.StartAsync(file, "key-1")).Body.GetProperty("id").GetString());
        Assert.Equal(422, (await studio.StartAsync(file, "key-1", "other")).Status);
        Assert.NotEqual(first, (await studio.StartAsync(file, "key-2")).Body.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Expired_Batch_GivesWhatItHas()
    {
        var clock = new SetClock(TimeProvider.System.GetUtcNow());
        var engine = new FakeEngine { Gate = (request, stop) => request.Prompt == "hold" ? new TaskCompletionSource().Task.WaitAsync(stop) : Task.CompletedTask };
        await using var studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(engine);
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(s, clock);
        }, "--Inference:Concurrency=3");
        var id = await studio.BatchAsync(BatchSteps.Line("a", "q"), BatchSteps.Line("b", "hold"));
        await studio.UntilAsync(id, b => b.GetProperty("request_counts").GetProperty("completed").GetInt32() == 1);
        clock.Now = clock.Now.AddHours(25);
        studio.Get<GlmStudio.Web.Data.ChangeFeed>().Raise("completion-batch", 0);
        var batch = await studio.UntilAsync(id, "expired");
        Assert.Equal("batch_expired", Assert.Single(await studio.LinesAsync(batch, "error_file_id")).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Files_ListFindDelete_AndPagesFollowEachOther()
    {
        await using var studio = await Doorstep.OpenAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Insert(0, await studio.SendAsync(BatchSteps.Line($"{i}", "q")));
        var page = await studio.GetAsync("/v1/files?limit=2");
        Assert.True(page.GetProperty("has_more").GetBoolean());
        var rest = await studio.GetAsync($"/v1/files?limit=2&after={page.GetProperty("last_id").GetString()}");
        Assert.Equal(ids, page.GetProperty("data").EnumerateArray().Concat(rest.GetProperty("data").EnumerateArray()).Select(f => f.GetProperty("id").GetString()));
        using var deleted = await studio.Http.DeleteAsync(new Uri($"/v1/files/{ids[0]}", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var gone = await studio.Http.GetAsync(new Uri($"/v1/files/{ids[0]}/content", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("fine-tune", "only batch is supported")]
    [InlineData(null, "\"purpose\" is missing")]
    public async Task Files_OtherPurpose_IsRefusedAndNotKept(string? purpose, string expected)
    {
        await using var studio = await Doorstep.OpenAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.jsonl" } };
        if (purpose is not null) form.Add(new StringContent(purpose), "purpose");
        using var response = await studio.Http.PostAsync(new Uri("/v1/files", UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(studio.DataFolder, "files")));
    }

    [Theory]
    [InlineData("en", "No program has sent a batch yet")]
    [InlineData("zh", "还没有程序发送批处理")]
    public async Task Page_WithoutBatch_SaysWhatToDo(string language, string expected)
    {
        await using var studio = await Doorstep.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api-batches", UriKind.Relative)) { Headers = { { "Accept-Language", language } } };
        using var response = await studio.Http.SendAsync(request, Cancellation);
        Assert.Contains(expected, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation)), StringComparison.Ordinal);
    }
}
