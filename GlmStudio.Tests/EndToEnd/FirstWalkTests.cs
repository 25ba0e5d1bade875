using System.Text.Json;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GlmStudio.Tests.EndToEnd;

/// <summary>A newcomer's first walk through the whole house with the real reader: open, press Run, correct a value, see the score, take the report home.</summary>
[Collection(typeof(InBrowser))]
public sealed class FirstWalkTests(Browser browser)
{
    [Fact]
    public async Task FreshProgram_PressRun_EndsInAScoredReport()
    {
        await using var studio = await StudioApp.StartAsync(settings: "--Studio:Samples=true");
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/");
            await page.Locator("#run-sample").ClickAsync();
            await Expect(page).ToHaveURLAsync(new Regex("/batches/1$"), new() { Timeout = 300_000 });
            await Expect(page.GetByText("12/12 answered").First).ToBeVisibleAsync(new() { Timeout = 900_000 });

            await page.OpenAsync("/scores/1");
            await Expect(page.Locator("main")).ToContainTextAsync("Date");
            await Expect(page.Locator("main")).ToContainTextAsync("Total");
        });
        await using (var database = studio.OpenDatabase())
            Assert.All(await database.Rows.ToListAsync(TestContext.Current.CancellationToken), r => Assert.Equal(RowStatus.Answered, r.Status));
        // The samples are clean pages: the reader must get most of them right.
        using var scores = JsonDocument.Parse(await studio.Http.GetStringAsync(new Uri("/api/batches/1/scores", UriKind.Relative), TestContext.Current.CancellationToken));
        var fields = scores.RootElement.GetProperty("engine").GetProperty("fields").EnumerateObject()
            .ToDictionary(f => f.Name, f => f.Value.GetProperty("counts").GetProperty("exactRate").GetDouble());
        Assert.InRange(fields["date"], 0.75, 1);
        Assert.InRange(fields["total"], 0.75, 1);
        await using var report = await studio.Http.GetStreamAsync(new Uri("/files/reports/1.xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        using var workbook = SpreadsheetDocument.Open(await Copy(report), false);
        Assert.Equal(3, workbook.WorkbookPart!.Workbook.Sheets!.Count());
    }

    private static async Task<MemoryStream> Copy(Stream stream)
    {
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy;
    }
}
