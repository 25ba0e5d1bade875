using System.Text;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Data;

/// <summary>The image store with a place for small pictures in the database.</summary>
public sealed class SmallImagesTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ImageStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _store = new ImageStore(Path.Combine(_database.Folder, "store"), new SmallImages(_database.Database, mostBytes: 5));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("small", 1, 0)]
    [InlineData("larger", 0, 1)]
    public async Task Add_Picture_GoesWhereItsSizeSays(string text, int inDatabase, int inFolder)
    {
        var stored = await AddAsync(text);
        await using var db = _database.Open();
        Assert.Equal((inDatabase, inFolder), (await db.StoredImages.CountAsync(Cancellation), Files()));
        Assert.Equal(text, Encoding.UTF8.GetString(await _store.ReadAsync(stored.Hash, Cancellation)));
        await using var stream = await _store.OpenReadAsync(stored.Hash, Cancellation);
        Assert.Equal(text, await new StreamReader(stream).ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Add_SameSmallPictureTwice_IsKeptOnce()
    {
        Assert.Equal(await AddAsync("small"), await AddAsync("small"));
        await using var db = _database.Open();
        Assert.Equal(1, await db.StoredImages.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Add_SmallPictureThatIsInTheFolder_StaysThere()
    {
        await AddAsync("small", new ImageStore(Path.Combine(_database.Folder, "store")));
        var stored = await AddAsync("small");
        await using var db = _database.Open();
        Assert.Equal((0, 1), (await db.StoredImages.CountAsync(Cancellation), Files()));
        Assert.True(await _store.ContainsAsync(stored.Hash, Cancellation));
    }

    [Fact]
    public async Task Which_OfMany_AreThoseInEitherPlace()
    {
        var (small, large) = (await AddAsync("small"), await AddAsync("larger"));
        var found = await _store.WhichAsync([small.Hash, large.Hash, new string('0', 64), small.Hash], Cancellation);
        Assert.True(found.SetEquals([small.Hash, large.Hash]));
    }

    [Fact]
    public async Task Remove_SmallPicture_TakesItFromTheDatabase()
    {
        var stored = await AddAsync("small");
        await _store.RemoveAsync(stored.Hash, Cancellation);
        Assert.False(await _store.ContainsAsync(stored.Hash, Cancellation));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _store.ReadAsync(stored.Hash, Cancellation));
    }

    private async Task<StoredFile> AddAsync(string text, ImageStore? store = null) =>
        await (store ?? _store).AddAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), 100, Cancellation);

    private int Files() => Directory.EnumerateFiles(Path.Combine(_database.Folder, "store"), "*", SearchOption.AllDirectories).Count();
}
