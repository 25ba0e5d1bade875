using GlmStudio.Tests.Support;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class DocsPageTests(Browser browser)
{
    [Fact]
    public async Task TryItOut_Chat_ShowsTheAnswer()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(_ => "42.00 元")));
        await browser.VisitAsync(studio.Api, async page =>
        {
            await page.GotoAsync("/");
            await page.Locator("[data-path='/v1/chat']").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
            await Assertions.Expect(page.Locator(".live-responses-table").GetByText("42.00 元")).ToBeVisibleAsync();
        });
    }
}
