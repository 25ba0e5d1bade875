using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference.Completions;

/// <summary>OpenAI's interface at the engine's seam: what the engine is asked, and in what form its answer comes.</summary>
public sealed class ChatCompletionsTests
{
    private const string Conversation = """
        {"messages":[
            {"role":"developer","content":"Be short."},
            {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},{"type":"text","text":"What is it?"}]},
            {"role":"assistant","content":"A receipt."},
            {"role":"user","content":[{"type":"text","text":"合计"},{"type":"text","text":"？"},{"type":"image_url","image_url":"AAAAAAAA"}]}],
         "model":"reader","max_tokens":7,"max_completion_tokens":9,"temperature":0.5,"top_p":0.9,"top_k":40,"repetition_penalty":1.1,"seed":5,"stop":["a","b"],
         "chat_template_kwargs":{"enable_thinking":false},"user":"somebody","metadata":{"a":1},"tools":[],"n":1,"response_format":{"type":"text"}}
        """;

    private static readonly TextUpdate[] WithTokens =
    [
        new("") { Thinking = "hm", Tokens = [new ChosenToken(1, -0.5)] },
        new("") { Tokens = [new ChosenToken(2, -0.25) { Bytes = "合"u8.ToArray().AsMemory(0, 2) }] },
        new("合!") { Tokens = [new ChosenToken(3, 0) { Bytes = "合"u8.ToArray().AsMemory(2) }, new ChosenToken(4, -1) { Bytes = "!"u8.ToArray() }] },
        new("") { Tokens = [new ChosenToken(5, -2)], Finish = FinishReason.Length, Usage = new TokenUsage(11, 5) },
    ];

    [Fact]
    public async Task Post_Conversation_ReachesTheEngineWhole()
    {
        GlmRequest? asked = null;
        await using var studio = await Doorstep.OpenAsync(new FakeEngine(r =>
        {
            asked = r;
            return "ok";
        }));
        Assert.Equal(200, (await studio.PostAsync(CompletionSteps.Path, Conversation)).Status);
        Assert.Equal("System: Be short. | User: <image>What is it? | Assistant: A receipt. | User: 合计？<image>",
            string.Join(" | ", asked!.Messages!.Select(m => $"{m.Role}: {string.Concat(m.Parts.Select(p => p.Text ?? "<image>"))}")));
        Assert.Equal(("合计？", false, "3 6"), (asked.Prompt, asked.Thinking, string.Join(' ', asked.Images.Select(i => i.Bytes.Length))));
        Assert.Equal((9, 0.5, 0.9, 40, 1.1, 5, "a b"), (asked.Sampling.MaxTokens, asked.Sampling.Temperature, asked.Sampling.TopP, asked.Sampling.TopK,
            asked.Sampling.RepetitionPenalty, asked.Sampling.Seed, string.Join(' ', asked.Sampling.Stop)));
    }

    [Fact]
    public async Task Post_Question_IsAnsweredInOpenAisForm()
    {
        await using var studio = await Doorstep.OpenAsync(new FakeEngine { Updates = _ => WithTokens });
        var (status, body) = await studio.PostAsync(CompletionSteps.Path, CompletionSteps.Body("a", "\"logprobs\":true"));
        Assert.Equal(200, status);
        Assert.StartsWith("chatcmpl-", body.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(("chat.completion", "reader"), (body.GetProperty("object").GetString(), body.GetProperty("model").GetString()));
        Assert.Equal("""{"prompt_tokens":11,"completion_tokens":5,"total_tokens":16}""", body.GetProperty("usage").GetRawText());
        Assert.Equal("""
            {"message":{"content":"合!","role":"assistant","reasoning_content":"hm"},"logprobs":{"content":[{"token":"�","logprob":-0.25,"bytes":[229,144],"top_logprobs":[]},{"token":"�","logprob":0,"bytes":[136],"top_logprobs":[]},{"token":"!","logprob":-1,"bytes":[33],"top_logprobs":[]}]},"finish_reason":"length","index":0}
            """, body.GetProperty("choices")[0].GetRawText());
    }

    [Fact]
    public async Task Post_Stream_SendsTheRoleThenDeltasThenReasonThenUsage()
    {
        await using var studio = await Doorstep.OpenAsync(new FakeEngine { Updates = _ => WithTokens });
        var chunks = await studio.StreamAsync(CompletionSteps.Body("a", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        Assert.Equal("""
            [{"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null,"index":0}]
            [{"delta":{"reasoning_content":"hm"},"logprobs":null,"finish_reason":null,"index":0}]
            [{"delta":{"content":"合!"},"logprobs":null,"finish_reason":null,"index":0}]
            [{"delta":{},"logprobs":null,"finish_reason":"length","index":0}]
            []
            """, string.Join('\n', chunks.Select(c => c.GetProperty("choices").GetRawText())), ignoreLineEndingDifferences: true);
        Assert.Equal(16, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.All(chunks, c => Assert.Equal("chat.completion.chunk", c.GetProperty("object").GetString()));
        Assert.Single(chunks.Select(c => c.GetProperty("id").GetString()).Distinct());
    }

    [Fact]
    public async Task Post_StreamWithLogprobs_GivesEveryTokenOfTheAnswer()
    {
        await using var studio = await Doorstep.OpenAsync(new FakeEngine { Updates = _ => WithTokens });
        var chunks = await studio.StreamAsync(CompletionSteps.Body("a", "\"stream\":true,\"logprobs\":true,\"top_logprobs\":0"));
        var bytes = chunks.Select(c => c.GetProperty("choices")[0].GetProperty("logprobs")).Where(l => l.ValueKind == JsonValueKind.Object)
            .SelectMany(l => l.GetProperty("content").EnumerateArray()).SelectMany(t => t.GetProperty("bytes").EnumerateArray()).Select(b => b.GetByte());
        Assert.Equal(chunks.Text(), Encoding.UTF8.GetString([.. bytes]));
    }

    [Theory]
    [InlineData("\"thinking\":{\"type\":\"disabled\"}", false)]
    [InlineData("\"thinking\":{\"type\":\"enabled\"}", true)]
    [InlineData("\"chat_template_kwargs\":{}", true)]
    public async Task Post_ThinkingChoice_ReachesTheEngine(string field, bool expected)
    {
        bool? thinking = null;
        await using var studio = await Doorstep.OpenAsync(new FakeEngine(r => $"{thinking = r.Thinking}"));
        await studio.PostAsync(CompletionSteps.Path, CompletionSteps.Body("a", field));
        Assert.Equal(expected, thinking);
    }

    [Fact]
    public async Task Post_FaultInTheMiddleOfAStream_IsAnErrorEvent()
    {
        await using var studio = await Doorstep.OpenAsync(new FakeEngine { Updates = _ => Faulty() });
        var chunks = await studio.StreamAsync(CompletionSteps.Body("a", "\"stream\":true"));
        Assert.Equal("No memory now.", chunks[^1].GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Models_Get_NamesTheEngines()
    {
        await using var studio = await Doorstep.OpenAsync();
        var list = await studio.Http.GetFromJsonAsync<JsonElement>(new Uri("/v1/models", UriKind.Relative), TestContext.Current.CancellationToken);
        var model = Assert.Single(list.GetProperty("data").EnumerateArray().ToList());
        Assert.Equal(("list", "reader", "model"), (list.GetProperty("object").GetString(), model.GetProperty("id").GetString(), model.GetProperty("object").GetString()));
        Assert.True(model.GetProperty("created").GetInt64() > 0);
    }

    private static IEnumerable<TextUpdate> Faulty()
    {
        yield return new TextUpdate("a");
        throw new EngineException(EngineFault.OutOfMemory, "No memory now.");
    }
}
