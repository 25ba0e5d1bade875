using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference.Completions;

/// <summary>What the door refuses, and that it says so as OpenAI does.</summary>
public sealed class CompletionRefusalsTests(CompletionRefusalsTests.Studio studio) : IClassFixture<CompletionRefusalsTests.Studio>
{
    [Theory]
    [InlineData("\"tools\":[{\"type\":\"function\"}]", "tools")]
    [InlineData("\"functions\":[{}]", "functions")]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"top_logprobs\":3", "top_logprobs")]
    [InlineData("\"audio\":{\"voice\":\"a\"}", "audio")]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", "modalities")]
    [InlineData("\"frequency_penalty\":0.5", "frequency_penalty")]
    [InlineData("\"logit_bias\":{\"5\":1}", "logit_bias")]
    [InlineData("\"guided_grammar\":\"root ::= a\"", "guided_grammar")]
    public async Task Post_FieldThatChangesTheAnswer_IsRefusedByName(string field, string name)
    {
        var (status, body) = await studio.App.PostAsync(CompletionSteps.Path, CompletionSteps.Body("a", field));
        var error = body.GetProperty("error");
        Assert.Equal((400, name, "unsupported_parameter", "invalid_request_error"),
            (status, error.GetProperty("param").GetString(), error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.Contains($"\"{name}\"", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tools\":null,\"functions\":[],\"logit_bias\":{},\"frequency_penalty\":0,\"presence_penalty\":0.0,\"modalities\":[\"text\"],\"ignore_eos\":false")]
    [InlineData("\"user\":\"a\",\"store\":true,\"service_tier\":\"auto\",\"parallel_tool_calls\":true,\"something_new\":[1,2]")]
    public async Task Post_FieldsThatChangeNothing_AreIgnored(string fields) =>
        Assert.Equal("a (0)", (await studio.App.PostAsync(CompletionSteps.Path, CompletionSteps.Body("a", fields))).Body.Text());

    [Theory]
    [InlineData("""{}""", 400, "messages")]
    [InlineData("""{"messages":[]}""", 400, "messages")]
    [InlineData("""{"messages":[null]}""", 400, "messages[0]")]
    [InlineData("""{"messages":"a"}""", 400, "$.messages")]
    [InlineData("""{"messages":[{"role":"system","content":"a"}]}""", 400, "no user message")]
    [InlineData("""{"messages":[{"content":"a"}]}""", 400, "messages[0].role")]
    [InlineData("""{"messages":[{"role":"tool","content":"a"}]}""", 400, "\"tool\"")]
    [InlineData("""{"messages":[{"role":"user","content":null}]}""", 400, "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":[5]}]}""", 400, "messages[0].content[0]")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text"}]}]}""", 400, "messages[0].content[0]")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":null}]}]}""", 400, "messages[0].content[0]")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}""", 400, "input_audio")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"!"}}]}]}""", 400, "base64")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"model":"absent"}""", 404, "\"absent\"")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"max_tokens":0}""", 400, "max_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"max_tokens":"many"}""", 400, "$.max_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"temperature":3}""", 400, "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"top_p":0}""", 400, "top_p")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"top_k":-1}""", 400, "top_k")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"repetition_penalty":0}""", 400, "repetition_penalty")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"stop":[1]}""", 400, "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"stop":""}""", 400, "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"unreadable"}]}""", 422, "damaged")]
    [InlineData("""{"messages":[{"role":"user","content":"unreadable"}],"stream":true}""", 422, "damaged")]
    [InlineData("""{"messages":[{"role":"user","content":"memory"}]}""", 503, "memory")]
    [InlineData("""{"messages":[{"role":"user","content":"crash"}]}""", 500, "log")]
    [InlineData("no JSON", 400, "JSON")]
    [InlineData("null", 400, "null")]
    public async Task Post_Fault_IsOpenAisErrorWithItsStatus(string body, int expected, string said)
    {
        var (status, answer) = await studio.App.PostAsync(CompletionSteps.Path, body);
        Assert.Equal(expected, status);
        var error = answer.GetProperty("error");
        Assert.Equal(expected >= 500 ? "server_error" : "invalid_request_error", error.GetProperty("type").GetString());
        Assert.Contains(said, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public sealed class Studio : IAsyncLifetime
    {
        public StudioApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await Doorstep.OpenAsync("--Logging:LogLevel:Default=None");

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
