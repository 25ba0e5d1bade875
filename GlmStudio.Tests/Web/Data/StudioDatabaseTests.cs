using GlmStudio.Tests.Web.Features.Datasets;
using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Data;

public sealed class StudioDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Where commits wait for the disk, those that write seldom find the file locked while a batch answers row after row.</summary>
    [Fact]
    public async Task Sqlite_Commit_DoesNotWaitForTheDisk()
    {
        using var folder = new TempFolder();
        var database = new StudioDatabase($"Data Source={Path.Combine(folder.Path, "studio.db")};Pooling=false");
        await database.MigrateAsync(Cancellation);
        await using var db = database.CreateDbContext();
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        const long normal = 1;
        Assert.Equal(normal, await command.ExecuteScalarAsync(Cancellation));
    }
}
