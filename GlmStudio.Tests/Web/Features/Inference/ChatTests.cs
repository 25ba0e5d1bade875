using System.Net.Http.Json;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference;

public sealed class ChatTests
{
    private const string Path = "/v1/chat";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Question_IsAnswered()
    {
        await using var studio = await Doorstep.OpenAsync();
        var (status, body) = await studio.PostAsync(Path, new { image = Doorstep.Picture, question = "合计？" });
        Assert.Equal(200, status);
        Assert.Equal("合计？ (1)", body.GetProperty("answer").GetString());
    }

    [Theory]
    [InlineData("""{"question":"a"}""", "a (0)")]
    [InlineData("""{"question":"a","image":null}""", "a (0)")]
    [InlineData("""{"question":"a","image":["AAAA","AAAA"]}""", "a (2)")]
    [InlineData("""{"question":"a","image":"AAAA","max_tokens":"5"}""", "a (1)")]
    public async Task Post_NoneOrSeveralPictures_AreTaken(string body, string answer)
    {
        await using var studio = await Doorstep.OpenAsync();
        Assert.Equal(answer, (await studio.PostAsync(Path, body)).Body.GetProperty("answer").GetString());
    }

    [Theory]
    [InlineData("""{"question":"a"}""", "ModelDefault")]
    [InlineData("""{"question":"a","grounding":"default"}""", "ModelDefault")]
    [InlineData("""{"question":"a","grounding":"pageText"}""", "PageText")]
    [InlineData("""{"question":"a","grounding":"pictureOnly"}""", "PictureOnly")]
    public async Task Post_Grounding_ReachesTheEngine(string body, string expected)
    {
        await using var studio = await Doorstep.OpenAsync(new FakeEngine(r => r.Grounding.ToString()));
        Assert.Equal(expected, (await studio.PostAsync(Path, body)).Body.GetProperty("answer").GetString());
        var (_, batch) = await studio.PostAsync("/v1/batch-infer", $$"""{"requests":[{{body.Replace("question", "prompt", StringComparison.Ordinal)}}]}""");
        Assert.Equal(expected, batch.GetProperty("results")[0].GetProperty("text").GetString());
        var (_, completion) = await studio.PostAsync("/v1/chat/completions", body.Replace("\"question\":\"a\"", """ "messages":[{"role":"user","content":"a"}] """, StringComparison.Ordinal));
        Assert.Equal(expected, completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        var (_, predicted) = await studio.PostAsync("/api/predict", body.Replace("\"question\":\"a\"", """ "data":[null,"a"] """, StringComparison.Ordinal));
        Assert.Equal(expected, predicted.GetProperty("data")[0].GetString());
    }

    [Theory]
    [InlineData("""{"question":"a","grounding":"text"}""", 400)]
    [InlineData("""{"image":"AAAA"}""", 400)]
    [InlineData("""{"question":"  "}""", 400)]
    [InlineData("""{"question":"a","model":"absent"}""", 400)]
    [InlineData("""{"question":"a","image":"!"}""", 400)]
    [InlineData("""{"question":"unreadable","image":"AAAA"}""", 422)]
    [InlineData("""{"question":"unreadable","image":"AAAA","stream":true}""", 422)]
    [InlineData("""{"question":"memory"}""", 503)]
    [InlineData("""{"question":"crash"}""", 500)]
    [InlineData("no JSON", 400)]
    public async Task Post_Fault_IsAProblemWithItsStatus(string body, int expected)
    {
        await using var studio = await Doorstep.OpenAsync("--Logging:LogLevel:Default=None");
        var (status, problem) = await studio.PostAsync(Path, body);
        Assert.Equal(expected, status);
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Post_Stream_SendsDeltasThenDone()
    {
        await using var studio = await Doorstep.OpenAsync();
        using var response = await studio.Http.PostAsJsonAsync(Path, new { question = "合计？", stream = true }, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""
            data: {"delta":"合计？ (0)"}

            data: {"delta":"","finish_reason":"stop"}

            data: [DONE]


            """, await response.Content.ReadAsStringAsync(Cancellation), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Post_CallerLeaves_TheWorkIsCancelled()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var studio = await Doorstep.OpenAsync(new FakeEngine
        {
            Gate = async (_, stop) =>
            {
                stop.Register(() => cancelled.SetResult());
                started.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
        });
        using var leave = new CancellationTokenSource();
        var call = studio.Http.PostAsJsonAsync(Path, new { question = "a" }, leave.Token);
        await started.Task.WaitAsync(Cancellation);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Post_AnswerPastTheDeadline_Is503()
    {
        await using var studio = await Doorstep.OpenAsync(
            new FakeEngine { Gate = (_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop) }, "--Inference:DeadlineSeconds=0.1");
        var (status, problem) = await studio.PostAsync(Path, new { question = "a" });
        Assert.Equal(503, status);
        Assert.Contains("Inference:DeadlineSeconds", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MoreCallsThanAllowed_Is429WithRetryAfter()
    {
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var studio = await Doorstep.OpenAsync(new FakeEngine
        {
            Gate = async (_, _) =>
            {
                started.TrySetResult();
                await go.Task;
            },
        }, "--Inference:MaxCalls=1");
        var first = studio.PostAsync(Path, new { question = "a" });
        await started.Task.WaitAsync(Cancellation);
        using var second = await studio.Http.PostAsJsonAsync(Path, new { question = "b" }, Cancellation);
        go.SetResult();
        Assert.Equal((429, "5"), ((int)second.StatusCode, second.Headers.RetryAfter?.ToString()));
        Assert.Equal(200, (await first).Status);
    }
}
