using GlmStudio.Engine;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference;

/// <summary>docs/examples, run as a user runs them.</summary>
public sealed class ExamplesTests
{
    [Fact]
    public async Task BatchInfer_Folder_PrintsOneLineAFileInOrder()
    {
        await using var studio = await Doorstep.OpenAsync(new FakeEngine(request => request.Images[0].Bytes.Span[0] == 'b'
            ? throw new EngineException(EngineFault.UnreadableImage, "damaged") : $"第 {request.Images[0].Bytes.Span[0]} 张"));
        var folder = Directory.CreateTempSubdirectory("glm-examples-");
        foreach (var name in (string[])["c.png", "a.png", "b.png"]) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), name, TestContext.Current.CancellationToken);
        var printed = await Python.RunAsync("docs/examples/batch_infer.py", folder.FullName, "谁？", studio.Api.ToString());
        folder.Delete(recursive: true);
        Assert.Equal("a.png: 第 97 张\nb.png: failed: damaged\nc.png: 第 99 张\n", printed);
    }

    [Theory]
    [InlineData("docs/examples/chat_stream.py")]
    [InlineData("docs/examples/chat_completions.py")]
    [InlineData("docs/examples/predict.py")]
    public async Task OnePicture_Question_PrintsTheAnswer(string script)
    {
        await using var studio = await Doorstep.OpenAsync();
        Assert.Equal("合计是多少？ (1)\n", await Python.RunAsync(script, Repository.At("wwwroot/favicon.svg"), "合计是多少？", studio.Api.ToString()));
    }
}
