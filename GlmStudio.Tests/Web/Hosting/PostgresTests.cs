using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Hosting;

[Collection(typeof(OnPostgres))]
public sealed class PostgresTests(PostgresServer postgres)
{
    [Fact]
    public async Task Start_EmptyPostgresDatabase_MigratesAndServes()
    {
        await using var studio = await StudioApp.StartAsync(null, $"--Studio:Database={await postgres.CreateDatabaseAsync()}");
        using var response = await studio.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        await using var db = studio.OpenDatabase();
        Assert.True(studio.Get<StudioDatabase>().IsPostgres);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CreateDatabase_Twice_GivesDatabasesOfTheirOwn() =>
        Assert.NotEqual(await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
}
