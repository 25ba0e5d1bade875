using System.Text;
using GlmStudio.Web.Data;

namespace GlmStudio.Tests.Web.Data;

public sealed class ImageStoreTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("glm-studio-test-");
    private readonly ImageStore _store;

    public ImageStoreTests() => _store = new ImageStore(_root.FullName);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task AddAsync_SameBytesTwice_AreKeptOnceAndReadBack()
    {
        var first = await _store.AddAsync(new MemoryStream("hello"u8.ToArray()), 10, Stop);
        var second = await _store.AddAsync(new MemoryStream("hello"u8.ToArray()), 10, Stop);
        Assert.Equal(first, second);
        Assert.Equal("hello", Encoding.UTF8.GetString(await _store.ReadAsync(first.Hash, Stop)));
        Assert.Single(Files());
    }

    [Fact]
    public async Task AddAsync_MoreThanTheLimit_LeavesNothing()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => _store.AddAsync(new MemoryStream(new byte[11]), 10, Stop));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Remove_File_TakesItsDerivedFilesAndNoOthers()
    {
        var (one, two) = (await _store.AddAsync(new MemoryStream([1]), 10, Stop), await _store.AddAsync(new MemoryStream([2]), 10, Stop));
        foreach (var file in (StoredFile[])[one, two])
        {
            var derived = _store.DerivedPath(file.Hash, "thumb.webp");
            Directory.CreateDirectory(Path.GetDirectoryName(derived)!);
            await File.WriteAllTextAsync(derived, "x", Stop);
        }
        await _store.RemoveAsync(one.Hash, Stop);
        Assert.False(await _store.ContainsAsync(one.Hash, Stop));
        Assert.All(Files(), f => Assert.Contains(two.Hash, f, StringComparison.Ordinal));
        Assert.Equal(2, Files().Count);
    }

    [Fact]
    public void RemoveUnfinished_OldLeftovers_GoAndYoungOnesStay()
    {
        var incoming = Directory.CreateDirectory(Path.Combine(_root.FullName, "incoming")).FullName;
        var (old, young) = (Path.Combine(incoming, "old"), Path.Combine(incoming, "young"));
        File.WriteAllText(old, "");
        File.WriteAllText(young, "");
        var now = File.GetLastWriteTimeUtc(young);
        File.SetLastWriteTimeUtc(old, now.AddDays(-2));
        Assert.Equal(1, _store.RemoveUnfinished(now.AddDays(-1)));
        Assert.Equal([young], Files());
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("ABCDEF")]
    [InlineData("")]
    public Task Contains_NotAHash_Throws(string hash) => Assert.ThrowsAsync<ArgumentException>(() => _store.ContainsAsync(hash, Stop));

    private List<string> Files() => [.. Directory.EnumerateFiles(_root.FullName, "*", SearchOption.AllDirectories)];
}
