using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Engines;

namespace GlmStudio.Tests.Web.Features.Inference.Completions;

/// <summary>OpenAI's interface before a real checkpoint of the fixtures.</summary>
public sealed class CheckpointCompletionsTests(CheckpointCompletionsTests.Studio studio) : IClassFixture<CheckpointCompletionsTests.Studio>
{
    private static readonly string Pictured =
        $$$"""[{"type":"image_url","image_url":{"url":"{{{TinyCheckpoint.Picture("page.png")}}}"}},{"type":"text","text":"列出所有菜品名称和对应价格"}]""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Picture_GivesTheEnginesTextAndCounts()
    {
        var (text, usage) = await EngineAsync(24);
        var (status, body) = await AskAsync(Pictured, "\"max_tokens\":24");
        Assert.Equal((200, text), (status, body.Text()));
        Assert.Equal((usage.PromptTokens, usage.CompletionTokens),
            (body.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), body.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task Post_PictureStreamed_AddsUpToTheWholeAnswer()
    {
        var (text, usage) = await EngineAsync(24);
        var chunks = await studio.App.StreamAsync(CompletionSteps.Body(Pictured, $"\"model\":\"{TinyCheckpoint.Name}\",\"max_tokens\":24,\"stream\":true,\"stream_options\":{{\"include_usage\":true}}"));
        Assert.Equal(text, chunks.Text());
        Assert.Equal(usage.PromptTokens + usage.CompletionTokens, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Post_Logprobs_AreLogarithmsAndTheirBytesTheText()
    {
        var (_, body) = await AskAsync(Pictured, "\"max_tokens\":24,\"logprobs\":true");
        var tokens = body.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray().ToList();
        Assert.NotEmpty(tokens);
        Assert.All(tokens, t => Assert.InRange(t.GetProperty("logprob").GetDouble(), -100, 0));
        Assert.Equal(body.Text(), Encoding.UTF8.GetString([.. tokens.SelectMany(t => t.GetProperty("bytes").EnumerateArray()).Select(b => b.GetByte())]));
    }

    [Fact]
    public async Task Post_StopText_EndsTheAnswerBeforeIt()
    {
        var whole = (await AskAsync(Pictured, "\"max_tokens\":24")).Body.Text();
        var stop = whole.Substring(whole.Length / 2, 1);
        var (_, body) = await AskAsync(Pictured, $"\"max_tokens\":24,\"stop\":{JsonSerializer.Serialize(stop)}");
        Assert.Equal((whole[..whole.IndexOf(stop, StringComparison.Ordinal)], "stop"), (body.Text(), body.GetProperty("choices")[0].GetProperty("finish_reason").GetString()));
    }

    [Fact]
    public async Task Post_SameSeed_GivesTheSameAnswerAndAnotherSeedAnother()
    {
        const string sampled = "\"max_tokens\":24,\"temperature\":1.5,\"seed\":";
        var first = (await AskAsync("第一", $"{sampled}7")).Body.Text();
        Assert.Equal(first, (await AskAsync("第一", $"{sampled}7")).Body.Text());
        Assert.NotEqual(first, (await AskAsync("第一", $"{sampled}8")).Body.Text());
    }

    [Fact]
    public async Task Post_CallerLeaves_TheSlotIsFree()
    {
        using var leave = new CancellationTokenSource();
        var body = CompletionSteps.Body("a", $"\"model\":\"{TinyCheckpoint.Name}\",\"max_tokens\":1500,\"temperature\":1,\"seed\":4,\"stream\":true");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(CompletionSteps.Path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var response = await studio.App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        response.Dispose();
        // There is one slot: the next answer shows that it is free again.
        Assert.Equal(200, (await AskAsync("b", "\"max_tokens\":2")).Status);
    }

    [Fact]
    public async Task Models_Get_NamesTheCheckpoint()
    {
        var list = await studio.App.Http.GetFromJsonAsync<JsonElement>(new Uri("/v1/models", UriKind.Relative), Cancellation);
        Assert.Contains(TinyCheckpoint.Name, list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
    }

    private Task<(int Status, JsonElement Body)> AskAsync(string content, string further) =>
        studio.App.PostAsync(CompletionSteps.Path, CompletionSteps.Body(content, $"\"model\":\"{TinyCheckpoint.Name}\",{further}"));

    // The same question to the engine itself, thinking kept apart.
    private async Task<(string Text, TokenUsage Usage)> EngineAsync(int tokens)
    {
        var request = new GlmRequest
        {
            Prompt = "列出所有菜品名称和对应价格", Sampling = new SamplingOptions { MaxTokens = tokens },
            Images = [new ImageInput(await File.ReadAllBytesAsync(Path.Combine(TinyCheckpoint.Folder, "page.png"), Cancellation))],
        };
        var (text, usage) = ("", new TokenUsage(0, 0));
        await foreach (var update in studio.App.Get<EngineCatalog>().Find(TinyCheckpoint.Name)!.GenerateAsync(request, Cancellation))
            (text, usage) = (text + update.Delta, update.Usage ?? usage);
        return (text, usage);
    }

    public sealed class Studio : IAsyncLifetime
    {
        public StudioApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await Doorstep.OpenAsync($"--Models:Folder={TinyCheckpoint.Models}", "--Models:Slots=1", "--Models:ContextTokens=2048");
            await App.Get<EngineCatalog>().OpenAsync(TinyCheckpoint.Name, null, TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
