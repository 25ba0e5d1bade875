using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

/// <summary>The official client of npm against the running program.</summary>
public sealed class OpenAiClientTests
{
    [Fact]
    public async Task Client_Unchanged_SendsWatchesAndFetches()
    {
        await using var studio = await Doorstep.OpenAsync();
        var seen = await Node.RunAsync("openai-batches.mjs", $"{studio.Api}v1");
        Assert.Equal("""
            {"file":["file","问题.jsonl","batch"],"same":true,"status":"completed","counts":{"total":3,"completed":2,"failed":1},"metadata":{"night":"1"},"answers":[["a",200,"你好 (0)"],["c",200,"third (0)"]],"errors":[["b",503,"No memory now."]],"faults":[[1,"invalid_json_line"],[3,"duplicate_custom_id"]],"listed":2,"files":2,"refused":400,"removed":true}
            """, seen.Trim());
    }
}
