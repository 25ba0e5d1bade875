using System.Security.Cryptography;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class ConfidencePageTests(Browser browser)
{
    [Fact]
    public async Task Page_PromiseChangedAndCalibrated_ShowsBoth()
    {
        await using var studio = await StudioApp.StartAsync();
        var made = new HandMadeBatch { HashOf = i => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i))) };
        for (var i = 0; i < 120; i++)
        {
            var right = i % 10 > 0;
            made.Row(["Shop", "2026-03-01", "5"], ["Shop", "2026-03-01", right ? "5" : "6"]).With(r => r.Cells[2].Score = right ? 0.8 : 0.3);
        }
        var batch = await made.SaveAsync(studio.Get<StudioDatabase>());
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/scores/{batch.Id}/confidence");
            await Expect(page.GetByText("at most 10 wrong in 1,000, with 95 % certainty")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Spinbutton).First.FillAsync("50");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByText("at most 50 wrong in 1,000, with 95 % certainty")).ToBeVisibleAsync();
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("risk=50"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Calibrate" }).ClickAsync();
            await Expect(page.GetByText("The review uses a calibration on 360 labelled cells")).ToBeVisibleAsync();
        });
    }
}
