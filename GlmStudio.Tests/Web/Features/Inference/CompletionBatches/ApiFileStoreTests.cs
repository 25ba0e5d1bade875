using GlmStudio.Web.Features.Inference.CompletionBatches;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

public sealed class ApiFileStoreTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("glm-files-");

    [Fact]
    public async Task RemoveUnfinished_OldAndNewParts_RemovesTheOldOnly()
    {
        var store = new ApiFileStore(_root.FullName);
        await store.WriteAsync("file-whole", stream => stream.WriteAsync(new byte[] { 1 }).AsTask());
        var noon = new DateTime(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);
        foreach (var (name, at) in new[] { ("file-old.part", noon.AddHours(-1)), ("file-new.part", noon.AddHours(1)) })
        {
            var path = Path.Combine(_root.FullName, name);
            await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(path, at);
        }
        File.SetLastWriteTimeUtc(Path.Combine(_root.FullName, "file-whole"), noon.AddHours(-2));
        store.RemoveUnfinished(noon);
        Assert.Equal(["file-new.part", "file-whole"], _root.EnumerateFiles().Select(f => f.Name).Order());
    }

    [Fact]
    public void RemoveUnfinished_NothingWasEverSent_MakesNoFolder()
    {
        var root = Path.Combine(_root.FullName, "files");
        new ApiFileStore(root).RemoveUnfinished(DateTime.MaxValue);
        Assert.False(Directory.Exists(root));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
