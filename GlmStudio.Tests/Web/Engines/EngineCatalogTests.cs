using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Engines;

namespace GlmStudio.Tests.Web.Engines;

public sealed class EngineCatalogTests : IDisposable
{
    private static readonly GlmEngineOptions Small = new() { Slots = 1, Threads = 1, ContextTokens = 512 };
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("glm-catalog-");
    private readonly ImageReader _images = new(new ImageLimits());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_NameInTheModelsFolder_LoadsIt()
    {
        await using var catalog = Catalog(Small);
        var engine = await catalog.OpenAsync("GLM4V-11", null, Cancellation);
        Assert.Equal((TinyCheckpoint.Name, "glm4v"), (engine.Info.Name, engine.Info.Family));
        Assert.Equal(["reader", TinyCheckpoint.Name], catalog.List().Select(e => e.Name));
    }

    [Fact]
    public async Task Open_Folder_LoadsItOnce()
    {
        await using var catalog = Catalog(Small, models: "absent");
        var engines = await Task.WhenAll(catalog.OpenAsync(TinyCheckpoint.Folder, null, Cancellation), catalog.OpenAsync(TinyCheckpoint.Folder, null, Cancellation));
        Assert.Same(engines[0], engines[1]);
        Assert.Same(engines[0], catalog.Find(TinyCheckpoint.Folder));
    }

    [Fact]
    public async Task Open_ContextTooSmallForAPicture_StillLoads()
    {
        await using var catalog = Catalog(Small with { ContextTokens = 16 });
        Assert.Equal(TinyCheckpoint.Name, (await catalog.OpenAsync(TinyCheckpoint.Name, null, Cancellation)).Info.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("reader")]
    public async Task Open_NothingOrTheReader_LoadsNothing(string? name)
    {
        await using var catalog = Catalog(Small);
        Assert.Equal("reader", (await catalog.OpenAsync(name, null, Cancellation)).Info.Name);
        Assert.False(catalog.IsLoaded(TinyCheckpoint.Name));
    }

    [Fact]
    public async Task Open_NameThatIsNotThere_ListsWhatThereIs()
    {
        await using var catalog = Catalog(Small);
        var fault = await Assert.ThrowsAsync<EngineException>(() => catalog.OpenAsync("缺席", null, Cancellation));
        Assert.Contains("\"缺席\". Available: reader, glm4v-11, glm_ocr-11.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_MoreMemoryThanThereIs_IsRefusedWithBothNumbers()
    {
        await using var catalog = Catalog(Small with { ContextTokens = 1 << 20, Slots = 1_000_000 });
        var fault = await Assert.ThrowsAsync<EngineException>(() => catalog.OpenAsync(TinyCheckpoint.Name, null, Cancellation));
        Assert.Equal(EngineFault.OutOfMemory, fault.Fault);
        // For other nodes to try.
        Assert.Equal((true, false), (catalog.Knows(TinyCheckpoint.Name), catalog.CouldAnswer(TinyCheckpoint.Name)));
        Assert.Matches(@"needs about [\d,]+ MiB; [\d,]+ MiB are free", fault.Message);
        Assert.False(catalog.IsLoaded(TinyCheckpoint.Name));
    }

    [Fact]
    public async Task Missing_CheckpointThatIsNotLoaded_SaysWhereToLoadIt()
    {
        await using var catalog = Catalog(Small);
        Assert.Contains("is not loaded", catalog.Missing(TinyCheckpoint.Name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unload_Default_LeavesTheAnswersToTheReader()
    {
        await using var catalog = Catalog(Small);
        catalog.Default = (await catalog.OpenAsync(TinyCheckpoint.Name, null, Cancellation)).Info.Name;
        Assert.Equal(TinyCheckpoint.Name, catalog.Find(null)!.Info.Name);
        await catalog.UnloadAsync(TinyCheckpoint.Name);
        Assert.Equal("reader", catalog.Find(null)!.Info.Name);
        Assert.Null(catalog.Find(TinyCheckpoint.Name));
    }

    public void Dispose()
    {
        _images.Dispose();
        _data.Delete(recursive: true);
    }

    private EngineCatalog Catalog(GlmEngineOptions options, string? models = null)
    {
        options = options with { CacheFolder = _data.FullName };
        return new EngineCatalog([new FakeEngine()], new CheckpointFolders(models ?? TinyCheckpoint.Models, Path.Combine(_data.FullName, "checkpoints.json"), options), _images, options);
    }
}
