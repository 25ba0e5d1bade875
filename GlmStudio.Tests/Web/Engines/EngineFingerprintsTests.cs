using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Engines;

namespace GlmStudio.Tests.Web.Engines;

public sealed class EngineFingerprintsTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("glm-prints-");

    private string Folder => Directory.CreateDirectory(Path.Combine(_data.FullName, "model")).FullName;

    [Fact]
    public async Task HashFolder_FileChanged_IsAnother()
    {
        Write("weights", "abc", Noon);
        var before = await HashAsync();
        Write("weights", "abd", Noon.AddSeconds(1));
        Assert.NotEqual(before, await HashAsync());
    }

    [Fact]
    public async Task HashFolder_SameContentElsewhere_IsTheSame()
    {
        Write("weights", "abc", Noon);
        var before = await HashAsync();
        Write("weights", "abc", Noon.AddDays(1));
        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public async Task HashFolder_LengthAndTimeAsBefore_ReadsTheFileNoMore()
    {
        Write("weights", "abc", Noon);
        var before = await HashAsync();
        Write("weights", "xyz", Noon);
        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public async Task HashFolder_BookIsDamaged_HashesAgain()
    {
        Write("weights", "abc", Noon);
        var before = await HashAsync();
        await File.WriteAllTextAsync(Path.Combine(_data.FullName, "prints.json"), "{", TestContext.Current.CancellationToken);
        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public async Task Of_EnginesWithoutFiles_AreTheirNames()
    {
        using var prints = Open();
        Assert.NotEqual(await prints.OfAsync(new FakeEngine(name: "a"), "a"), await prints.OfAsync(new FakeEngine(name: "b"), "b"));
        Assert.Equal(await prints.OfAsync(new FakeEngine(name: "a"), "a"), await prints.OfAsync(new FakeEngine(name: "a"), ""));
    }

    public void Dispose() => _data.Delete(recursive: true);

    private void Write(string file, string text, DateTime time)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, time);
    }

    private async Task<string> HashAsync()
    {
        using var prints = Open();
        return await prints.HashFolderAsync(Folder);
    }

    private EngineFingerprints Open() => new(new CheckpointFolders(_data.FullName, Path.Combine(_data.FullName, "book.json"), new GlmEngineOptions()), Path.Combine(_data.FullName, "prints.json"));
}
