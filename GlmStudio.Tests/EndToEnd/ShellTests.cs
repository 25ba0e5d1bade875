using GlmStudio.Tests.Support;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class ShellTests(Browser browser)
{
    [Fact]
    public async Task Language_OfTheBrowser_IsTheFirstLanguage()
    {
        await using var studio = await StudioApp.StartAsync();
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("总览");
        }, options => options.Locale = "zh-CN");
    }

    [Fact]
    public async Task LanguageSwitch_Chinese_StaysOnThePage()
    {
        await using var studio = await StudioApp.StartAsync();
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/not-found");
            await page.GetByRole(AriaRole.Link, new() { Name = "中文" }).ClickAsync();
            await Assertions.Expect(page.GetByText("没有这个页面")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Dark_Chosen_StaysAfterReload()
    {
        await using var studio = await StudioApp.StartAsync();
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/");
            await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
            await Assertions.Expect(page.Locator("link[href*='material-dark']").First).ToBeAttachedAsync();
            await page.OpenAsync("/templates");
            await Assertions.Expect(page.Locator("link[href*='material-dark']").First).ToBeAttachedAsync();
        });
    }
}
