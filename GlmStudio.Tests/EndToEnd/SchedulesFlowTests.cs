using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Templates;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class SchedulesFlowTests(Browser browser)
{
    [Fact]
    public async Task Form_CronInWords_IsCheckedWhileTypedSavedAndRun()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await studio.Get<InstallLibrary>().HandleAsync(TestContext.Current.CancellationToken);
        await using (var db = studio.OpenDatabase())
        {
            db.Datasets.Add(new Dataset { Name = "三月小票", CreatedAt = DateTime.UnixEpoch });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/schedules/new?template=receipt");
            await Expect(page.Locator("#cron-words")).ToHaveTextAsync("Every day at 02:00");
            await page.GetByLabel("Cron expression").FillAsync("0 2 * * 1-5");
            await Expect(page.Locator("#cron-words")).ToHaveTextAsync("This has five parts, as in Unix; the seconds are missing. Write: 0 0 2 ? * MON-FRI");
            await page.GetByLabel("Cron expression").FillAsync("0 0 2 ? * MON-FRI");
            await Expect(page.Locator("#cron-words")).ToHaveTextAsync("Monday to Friday at 02:00");
            await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(6);
            await Expect(page.GetByLabel("Time zone").Locator("option").Nth(0)).ToContainTextAsync("Asia/Tokyo");
            await Expect(page.GetByLabel("Time zone").Locator("option").Nth(1)).ToContainTextAsync("Asia/Shanghai");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give the schedule a name.");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("每晚小票");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "每晚小票", Exact = true })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Run 每晚小票 now" }).ClickAsync();
            await Expect(page.Locator(".last")).ToContainTextAsync("Refused: The dataset has no pictures.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Pause 每晚小票" }).ClickAsync();
            await page.GetByLabel("Reason").FillAsync("stock-taking");
            await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToContainTextAsync("paused: stock-taking");
        }, options => options.TimezoneId = "Asia/Tokyo");
    }

    [Fact]
    public async Task NewSchedule_VisitorOfShanghai_IsOfferedThatZone()
    {
        await using var studio = await StudioApp.StartAsync();
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/schedules/new");
            // The list is in another order once the visitor's zone is known.
            await Expect(page.GetByLabel("Time zone").Locator("option").Nth(0)).ToContainTextAsync("Asia/Shanghai");
            await Expect(page.GetByLabel("Time zone")).ToHaveValueAsync("Asia/Shanghai");
        }, options => options.TimezoneId = "Asia/Shanghai");
    }
}
