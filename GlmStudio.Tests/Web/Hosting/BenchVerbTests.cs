using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Hosting;

namespace GlmStudio.Tests.Web.Hosting;

/// <summary>The verb <c>bench</c>, as a command line calls it. Its figures are written, not judged.</summary>
public sealed class BenchVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-bench-");

    [Fact]
    public async Task Bench_Checkpoint_WritesPositiveFigures()
    {
        var json = Path.Combine(_folder.FullName, "figures.json");
        Assert.Equal(0, await RunAsync("--model", TinyCheckpoint.Folder, "--images", "2", "--size", "112x84", "--new-tokens", "4", "--concurrency", "2", "--json", json));
        var figures = JsonElement.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.All(
            ["cores", "load_seconds", "picture_ms", "vision_ms", "prefill_ms", "first_token_ms", "cold_first_token_ms", "decode_ms_per_step", "prompt_tokens", "tokens_per_answer", "tokens_per_second", "images_per_second", "peak_memory_mib"],
            name => Assert.True(figures.GetProperty(name).GetDouble() > 0, $"{name}: {figures.GetProperty(name)}"));
        var plan = figures.GetProperty("plan");
        Assert.Equal((2, 112, 84, 4, 2), (plan.GetProperty("images").GetInt32(), plan.GetProperty("width").GetInt32(), plan.GetProperty("height").GetInt32(),
            plan.GetProperty("new_tokens").GetInt32(), plan.GetProperty("concurrency").GetInt32()));
    }

    [Fact]
    public async Task Bench_SeveralValues_AreMeasuredOnOneLoad()
    {
        var json = Path.Combine(_folder.FullName, "figures.json");
        Assert.Equal(0, await RunAsync("--model", TinyCheckpoint.Folder, "--images", "1", "--size", "112x84,168x112", "--new-tokens", "2,3", "--concurrency", "1,2", "--json", json));
        var figures = JsonElement.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.Equal(
            ["112×84 2 1", "112×84 2 2", "112×84 3 1", "112×84 3 2", "168×112 2 1", "168×112 2 2", "168×112 3 1", "168×112 3 2"],
            figures.EnumerateArray().Select(f => f.GetProperty("plan")).Select(p => $"{p.GetProperty("width")}×{p.GetProperty("height")} {p.GetProperty("new_tokens")} {p.GetProperty("concurrency")}"));
        Assert.Single(figures.EnumerateArray().Select(f => f.GetProperty("load_seconds").GetDouble()).Distinct());
    }

    [Fact]
    public void Lines_EarlierFigures_StandBesideThoseOfAsManyRequests()
    {
        var now = JsonElement.Parse("""[{"plan":{"concurrency":1,"width":null},"decode_ms_per_step":6.5,"device":"cpu"},{"plan":{"concurrency":20},"decode_ms_per_step":7.4}]""");
        var before = JsonElement.Parse("""[{"plan":{"concurrency":20},"decode_ms_per_step":0},{"plan":{"concurrency":1},"decode_ms_per_step":13,"load_seconds":2}]""");
        Assert.Equal(["concurrency 1 decode_ms_per_step 6.5 before 13 × 0.50", "concurrency 20 decode_ms_per_step 7.4 before 0"], Lines(now, before));
    }

    [Fact]
    public void Lines_SeveralSizes_StandBesideThoseOfTheSameSize()
    {
        var now = JsonElement.Parse("""[{"plan":{"width":512,"height":384,"concurrency":1},"vision_ms":8},{"plan":{"width":1024,"height":384,"concurrency":1},"vision_ms":20}]""");
        var before = JsonElement.Parse("""{"plan":{"width":1024,"height":384,"new_tokens":64,"concurrency":1},"vision_ms":40}""");
        Assert.Equal(["width 1024 concurrency 1 vision_ms 20 before 40 × 0.50"], Lines(now, before));
    }

    [Fact]
    public async Task Bench_OnePictureWithItsText_MeasuresTheReadingApart()
    {
        var json = Path.Combine(_folder.FullName, "figures.json");
        Assert.Equal(0, await RunAsync("--model", TinyCheckpoint.Folder, "--picture", Repository.At("samples/receipts/english/cafe-03.png"), "--images", "2",
            "--grounding", "pageText", "--new-tokens", "4", "--json", json));
        var figures = JsonElement.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.All(["transcript_ms", "picture_ms", "vision_ms", "first_token_ms"], name => Assert.True(figures.GetProperty(name).GetDouble() > 0, name));
        Assert.Equal(("pageText", 4), (figures.GetProperty("plan").GetProperty("grounding").GetString(), figures.GetProperty("tokens_per_answer").GetDouble()));
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("plan").GetProperty("width").ValueKind);
        Assert.InRange(figures.GetProperty("prompt_tokens").GetInt32(), 300, 5000);
    }

    [Fact]
    public async Task Bench_RandomWeightsQuantized_MeasuresAndLeavesWhatIsKept()
    {
        var (json, kept) = (Path.Combine(_folder.FullName, "figures.json"), Path.Combine(_folder.FullName, "kept"));
        Assert.Equal(0, await RunAsync("--random-weights", Path.Combine(TinyCheckpoint.Folder, "config.json"), "--keep", kept, "--images", "1", "--size", "112x84", "--new-tokens", "4",
            "--json", json, "--Models:Quantization=int4", "--Models:BlankTokens=merge"));
        var figures = JsonElement.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.Equal(("f32-t4b32-v8b32-e8b32-h8b32", "merge"), (figures.GetProperty("numbers").GetString(), figures.GetProperty("blank_tokens").GetString()));
        Assert.True(File.Exists(Path.Combine(kept, "model.safetensors")));
    }

    [Theory]
    [InlineData("--random-weights", "no-such.json")]
    [InlineData("--random-weights", "no-such.json", "--model", "absent")]
    [InlineData("--model", "absent", "--grounding", "text")]
    [InlineData("--model", "absent", "--picture", "no-such.png")]
    [InlineData("--model", "absent")]
    [InlineData("--model", "absent", "--size", "512")]
    [InlineData("--model", "absent", "--size", "512x384,512")]
    [InlineData("--model", "absent", "--new-tokens", "0")]
    [InlineData("--model", "absent", "--concurrency", "1,0")]
    [InlineData("--model", "absent", "--compare-json", "no-such.json")]
    [InlineData("--model", "absent", "--images", "0")]
    [InlineData("--model", "absent", "--pictures", "2")]
    [InlineData("--images", "2")]
    public async Task Bench_LineThatCannotRun_EndsWithTwo(params string[] line) => Assert.Equal(2, await RunAsync(line));

    private static IEnumerable<string> Lines(JsonElement now, JsonElement before) =>
        BenchComparison.Lines(now, before).Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<int> RunAsync(params string[] line) =>
        Verbs.RunAsync(["bench", .. line, $"--Studio:Data={_folder.FullName}", "--Logging:LogLevel:Default=Warning"], settings => Studio.Build(settings));
}
