using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Engines;

namespace GlmStudio.Tests.Web.Features.Inference.Completions;

/// <summary>Forms of the answer over OpenAI's interface, before a real checkpoint of the fixtures and before the reader.</summary>
public sealed class AnswerFormCompletionsTests(AnswerFormCompletionsTests.Studio studio) : IClassFixture<AnswerFormCompletionsTests.Studio>
{
    private const string Schema = """{"type":"object","properties":{"店名":{"type":"string","maxLength":5},"n":{"type":"integer"}},"required":["店名","n"],"additionalProperties":false}""";

    [Theory]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"strict\":true,\"schema\":" + Schema + "}}")]
    [InlineData("\"guided_json\":" + Schema)]
    [InlineData("\"structured_outputs\":{\"json\":" + Schema + ",\"regex\":null}")]
    public async Task Post_Schema_GivesJsonOfIt(string format)
    {
        var (status, body) = await AskAsync($"{format},\"temperature\":1,\"seed\":3");
        Assert.Equal(200, status);
        using var answer = JsonDocument.Parse(body.Text());
        Assert.Equal(["店名", "n"], answer.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("stop", body.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Post_JsonObject_CutOffOnlyByTheCallersLimit()
    {
        var (status, body) = await AskAsync("\"response_format\":{\"type\":\"json_object\"},\"max_tokens\":40");
        Assert.Equal((200, '{'), (status, body.Text()[0]));
    }

    [Fact]
    public async Task Post_Choice_GivesOneOfThem() => Assert.Contains((await AskAsync("\"guided_choice\":[\"是\",\"不是\"]")).Body.Text(), (string[])["是", "不是"]);

    [Fact]
    public async Task Post_Regex_IsMatchedFromEndToEnd() =>
        Assert.Matches("^[A-Z]{2}[0-9]{8}$", (await AskAsync("\"guided_regex\":\"[A-Z]{2}[0-9]{8}\",\"temperature\":1,\"seed\":1")).Body.Text());

    [Fact]
    public async Task Post_StructuredChoice_GivesOneOfThem() => Assert.Contains((await AskAsync("\"structured_outputs\":{\"choice\":[\"是\",\"不是\"]}")).Body.Text(), (string[])["是", "不是"]);

    [Fact]
    public async Task Post_StructuredRegex_IsMatchedFromEndToEnd() =>
        Assert.Matches("^[0-9]{8}$", (await AskAsync("\"structured_outputs\":{\"regex\":\"[0-9]{8}\"},\"temperature\":1,\"seed\":1")).Body.Text());

    [Fact]
    public async Task Post_LogprobsOfAForm_GiveThePermittedOnesBesides()
    {
        var (_, body) = await AskAsync("\"guided_choice\":[\"是\",\"不是\"],\"logprobs\":true");
        var tokens = body.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray().ToList();
        Assert.NotEmpty(tokens);
        Assert.All(tokens, t => Assert.InRange(t.GetProperty("permitted_logprob").GetDouble(), t.GetProperty("logprob").GetDouble(), 0));
        var free = (await AskAsync("\"max_tokens\":3,\"logprobs\":true")).Body.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content");
        Assert.All(free.EnumerateArray(), t => Assert.False(t.TryGetProperty("permitted_logprob", out _)));
    }

    [Theory]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"properties\":{\"a\":{\"type\":\"array\",\"uniqueItems\":true}}}}}", "response_format: ", "\"uniqueItems\" at /properties/a")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format.type", "json_schema")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "response_format.json_schema.schema", "missing")]
    [InlineData("\"response_format\":5", "response_format", "json_object")]
    [InlineData("\"guided_regex\":\"a(?=b)\"", "guided_regex", "look-ahead")]
    [InlineData("\"guided_regex\":\"((a{0,300}){0,300}){0,300}\"", "guided_regex", "too large")]
    [InlineData("\"guided_choice\":[]", "guided_choice", "1 to")]
    [InlineData("\"guided_choice\":[\"a\"],\"guided_regex\":\"a\"", "guided_regex", "guided_choice")]
    [InlineData("\"structured_outputs\":{\"choice\":[\"a\"],\"regex\":\"a\"}", "structured_outputs.choice", "structured_outputs.regex")]
    [InlineData("\"structured_outputs\":{\"grammar\":\"x\"}", "structured_outputs.grammar", "json, regex, choice")]
    [InlineData("\"structured_outputs\":{\"choice\":[1]}", "structured_outputs.choice", "a list of texts")]
    [InlineData("\"structured_outputs\":7", "structured_outputs", "an object")]
    public async Task Post_FormThatCannotBeEnforced_IsRefusedByFieldAndPlace(string field, string name, string place)
    {
        var (status, body) = await AskAsync(field);
        var message = body.GetProperty("error").GetProperty("message").GetString();
        Assert.Equal(400, status);
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains(place, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FormToTheReader_IsRefused()
    {
        var (status, body) = await studio.App.PostAsync(CompletionSteps.Path, CompletionSteps.Body("a", "\"model\":\"reader\",\"guided_choice\":[\"a\"]"));
        Assert.Equal(400, status);
        Assert.Contains("checkpoint", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private Task<(int Status, JsonElement Body)> AskAsync(string fields) =>
        studio.App.PostAsync(CompletionSteps.Path, CompletionSteps.Body("hi", $"\"model\":\"{TinyCheckpoint.Name}\",\"chat_template_kwargs\":{{\"enable_thinking\":false}},{fields}"));

    public sealed class Studio : IAsyncLifetime
    {
        public StudioApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await Doorstep.OpenAsync($"--Models:Folder={TinyCheckpoint.Models}", "--Models:Slots=2", "--Models:ContextTokens=2048");
            await App.Get<EngineCatalog>().OpenAsync(TinyCheckpoint.Name, null, TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
