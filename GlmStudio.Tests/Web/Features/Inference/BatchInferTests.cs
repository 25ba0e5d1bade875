using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference;

public sealed class BatchInferTests
{
    private const string Path = "/v1/batch-infer";

    [Fact]
    public async Task Post_ManyRequests_AnswersInOrder()
    {
        await using var studio = await Doorstep.OpenAsync();
        var prompts = Enumerable.Range(0, 30).Select(i => $"问题 {i}").ToList();
        var (status, body) = await studio.PostAsync(Path, new { requests = prompts.Select(p => new { image = Doorstep.Picture, prompt = p, max_tokens = 64, temperature = 0.0 }) });
        Assert.Equal(200, status);
        Assert.Equal(prompts.Select(p => $"{p} (1)"), body.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("""{"image":"!","prompt":"a"}""", "neither a data URI")]
    [InlineData("""{"image":"http://127.0.0.1:1/a.png","prompt":"a"}""", "not on the public internet")]
    [InlineData("""{"image":"AAAA"}""", "no question")]
    [InlineData("""{"image":"AAAA","prompt":"unreadable"}""", "damaged")]
    [InlineData("""{"image":"AAAA","prompt":"crash"}""", "unexpected error")]
    [InlineData("""{"image":"AAAA","prompt":"a","max_tokens":0}""", "max_tokens")]
    [InlineData("""{"image":"AAAA","prompt":"a","temperature":3}""", "temperature")]
    [InlineData("""{"image":"AAAA","prompt":["a"]}""", "prompt")]
    [InlineData("""{"image":"AAAA","prompt":"a","model":"absent"}""", "absent")]
    [InlineData("null", "null")]
    [InlineData("7", "not")]
    public async Task Post_OneBadEntry_FailsAlone(string entry, string error)
    {
        await using var studio = await Doorstep.OpenAsync();
        var (status, body) = await studio.PostAsync(Path, $$"""{"requests":[{"image":"AAAA","prompt":"first"},{{entry}},{"image":"AAAA","prompt":"last"}]}""");
        var results = body.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(200, status);
        Assert.Contains(error, results[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("", results[1].GetProperty("text").GetString());
        Assert.Equal("first (1), last (1)", $"{results[0].GetProperty("text")}, {results[2].GetProperty("text")}");
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"requests":[]}""", 400)]
    [InlineData("""{"requests":"a"}""", 400)]
    [InlineData("""{"requests":[""", 400)]
    [InlineData("null", 400)]
    [InlineData("""{"requests":[{},{},{},{}]}""", 413)]
    public async Task Post_BadBody_IsAProblem(string body, int expected)
    {
        await using var studio = await Doorstep.OpenAsync("--Inference:MaxItems=3");
        var (status, problem) = await studio.PostAsync(Path, body);
        Assert.Equal(expected, status);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is413()
    {
        await using var studio = await Doorstep.OpenAsync("--Inference:MaxBodyBytes=1000");
        var (status, problem) = await studio.PostAsync(Path, new { requests = new[] { new { image = new string('A', 2000), prompt = "a" } } });
        Assert.Equal(413, status);
        Assert.Contains("Inference:MaxBodyBytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ManyRequests_NeverExceedTheEnginesConcurrency()
    {
        var (now, most) = (0, 0);
        var engine = new FakeEngine
        {
            Gate = async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
            },
        };
        await using var studio = await Doorstep.OpenAsync(engine);
        await studio.PostAsync(Path, new { requests = Enumerable.Range(0, 50).Select(i => new { prompt = "a" }) });
        Assert.InRange(most, 1, engine.Info.Concurrency);
    }
}
