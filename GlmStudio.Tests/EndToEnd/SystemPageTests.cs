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
            await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "test-engine" })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText(studio.DataFolder, new() { Exact = true }).First).ToBeVisibleAsync();
        });
    }
}
