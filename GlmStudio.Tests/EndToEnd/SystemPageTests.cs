using GlmStudio.Tests.Support;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class SystemPageTests(Browser browser)
{
    [Fact]
    public async Task Page_ShowsEnginesAndStorage()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(name: "test-engine")));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/system");
            await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "test-engine" }).First).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText(studio.DataFolder, new() { Exact = true }).First).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Page_Nodes_TellWhatEachIsDoing()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(name: "test-engine")), "--Cluster:Name=north");
        await using (var db = studio.OpenDatabase())
        {
            db.Nodes.Add(new() { Id = "gone", Name = "south", Version = "1", Device = "cuda:0", Cards = ["NVIDIA T4"], SeenAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/system");
            var nodes = page.Locator("[data-nodes] tbody tr");
            await Assertions.Expect(nodes.Filter(new() { HasText = "north" })).ToContainTextAsync("test-engine");
            await Assertions.Expect(nodes.Filter(new() { HasText = "south" })).ToContainTextAsync("Silent");
            await Assertions.Expect(nodes.Filter(new() { HasText = "south" })).ToContainTextAsync("NVIDIA T4");
        });
    }
}
