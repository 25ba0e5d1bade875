using System.Text.RegularExpressions;
using GlmStudio.Tests.Support;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

/// <summary>Makes the pictures of every page for docs/screenshots. Not part of a test run:  ./test -explicit only -class "*ScreenshotTour"</summary>
[Collection(typeof(InBrowser))]
public sealed class ScreenshotTour(Browser browser)
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"), ("templates", "/templates"), ("template", "/templates/receipt"), ("template-library", "/templates/library"), ("datasets", "/datasets"), ("dataset", "/datasets/1"),
        ("batches", "/batches"), ("batch-new", "/batches/new?dataset=1&template=receipt"), ("batch", "/batches/1"), ("review", "/review/1"), ("scores", "/scores"), ("score", "/scores/1"), ("confidence", "/scores/1/confidence"), ("question-rules", "/templates/questions"),
        ("schedules", "/schedules"), ("schedule-new", "/schedules/new"), ("playground", "/playground"), ("models", "/models"), ("system", "/system"), ("api", "/docs"),
    ];

    [Fact(Explicit = true)]
    public async Task EveryPage_InEnglishAndChinese_IsPhotographed()
    {
        await using var studio = await StudioApp.StartAsync(settings: "--Studio:Samples=true");
        var folder = Directory.CreateDirectory(Repository.At("docs/screenshots")).FullName;
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "first-start.png") });
            await page.Locator("#run-sample").ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/batches/1$"), new() { Timeout = 300_000 });
            await page.GetByText("12/12 answered").First.WaitForAsync(new() { Timeout = 900_000 });
            await ShootAllAsync(page, folder, "");
        });
        await browser.VisitAsync(studio.Dashboard, page => ShootAllAsync(page, folder, "-zh-dark"), change: options =>
        {
            options.Locale = "zh-CN";
            options.ColorScheme = ColorScheme.Dark;
        });
        await browser.VisitAsync(studio.Dashboard, page => ShootAllAsync(page, folder, "-tablet"), change: options => options.ViewportSize = new() { Width = 820, Height = 1180 });
    }

    private static async Task ShootAllAsync(IPage page, string folder, string suffix)
    {
        foreach (var (name, path) in Pages)
        {
            await page.GotoAsync(path);
            if (path != "/docs") await page.WaitForSelectorAsync("main[data-live]");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}{suffix}.png") });
        }
    }
}
