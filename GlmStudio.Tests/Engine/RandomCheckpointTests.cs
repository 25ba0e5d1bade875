using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Model;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine;

public sealed class RandomCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("glm-random-").FullName;

    [Fact]
    public async Task Write_ConfigurationAlone_GivesACheckpointThatAnswers()
    {
        var config = Path.Combine(_folder, "config.json");
        File.Copy(Path.Combine(TinyCheckpoint.Folder, "config.json"), config);
        RandomCheckpoint.Write(config, Path.Combine(_folder, "made"), TestContext.Current.CancellationToken);

        using var images = new ImageReader(new ImageLimits());
        await using var engine = GlmEngine.Load(Path.Combine(_folder, "made"), images, new GlmEngineOptions { ContextTokens = 1024, CacheFolder = Path.Combine(_folder, "cache") },
            cancellation: TestContext.Current.CancellationToken);
        var request = new GlmRequest
        {
            Prompt = "What?", Images = [new ImageInput(File.ReadAllBytes(Path.Combine(TinyCheckpoint.Folder, "tiny.png")))], Sampling = new SamplingOptions { MaxTokens = 8 },
        };
        List<ChosenToken> tokens = [];
        await foreach (var update in engine.GenerateAsync(request, TestContext.Current.CancellationToken)) tokens.AddRange(update.Tokens);
        Assert.NotEmpty(tokens);
        Assert.All(tokens, t => Assert.True(double.IsFinite(t.LogProbability)));
    }

    [Fact]
    public void Write_SameConfigurationTwice_GivesTheSameBytes()
    {
        foreach (var name in (string[])["a", "b"])
            RandomCheckpoint.Write(Path.Combine(TinyCheckpoint.Folder, "config.json"), Path.Combine(_folder, name), TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "a", "model.safetensors")), File.ReadAllBytes(Path.Combine(_folder, "b", "model.safetensors")));
    }

    [Fact]
    public void Write_FolderWithACheckpoint_IsLeftAsItIs()
    {
        File.WriteAllText(Path.Combine(_folder, "model.safetensors"), "mine");
        Assert.Throws<EngineException>(() => RandomCheckpoint.Write(Path.Combine(TinyCheckpoint.Folder, "config.json"), _folder, TestContext.Current.CancellationToken));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "model.safetensors")));
    }

    [Fact]
    public void NetworkShapes_GlmFlash_HasTenBillionParameters()
    {
        var config = JsonElement.Parse(File.ReadAllBytes(Repository.At("GlmStudio.Tests/Fixtures/Configs/glm-4.6v-flash.json")));
        var parameters = NetworkShapes.Of(GlmConfig.Read(config, null)).Values.Sum(s => s.Aggregate(1L, (product, d) => product * d));
        Assert.Equal(10.29, parameters / 1e9, 0.005);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
