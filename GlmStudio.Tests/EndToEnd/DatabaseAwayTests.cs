using GlmStudio.Tests.Support;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

/// <summary>What somebody who has a page open sees while PostgreSQL is away.</summary>
[Collection(typeof(InBrowser))]
public sealed class DatabaseAwayTests(Browser browser) : IAsyncLifetime
{
    private readonly PostgresServer _postgres = new();

    public ValueTask InitializeAsync() => _postgres.InitializeAsync();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task OpenPage_DatabaseGoesAndComesBack_SaysSoWithoutAReload()
    {
        await using var wire = new BreakableWire(await _postgres.CreateDatabaseAsync());
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()),
            $"--Studio:Database={wire.ConnectionString}", "--Cluster:HeartbeatSeconds=1", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Quartz=None");
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/batches");
            await page.EvaluateAsync("() => { window.stayed = true; }");
            var banner = page.Locator("[data-database-away]");
            await Assertions.Expect(banner).ToHaveCountAsync(0);
            wire.Cut();
            await Assertions.Expect(banner).ToContainTextAsync("Nothing is lost.");
            wire.Mend();
            await Assertions.Expect(banner).ToHaveCountAsync(0);
            Assert.True(await page.EvaluateAsync<bool>("() => window.stayed === true"));
        });
    }
}
