using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GlmStudio.Tests.Web.Features.Datasets;

[Collection(typeof(InBrowser))]
public sealed class DatasetPagesTests(Browser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folder_ChosenBrokenOffAndChosenAgain_SendsOnlyTheRestInOrder()
    {
        await using var studio = await StudioApp.StartAsync();
        using var folder = new TempFolder();
        for (var n = 0; n < 200; n++) folder.Write($"m{n / 100}/scan {n}.png", TinyPictures.Png(n));
        folder.Write("labels.csv", "file,total\n"u8.ToArray());
        var id = (await studio.Get<CreateDataset>().HandleAsync("scans", "", Stop)).Id;
        var sent = 0;

        // The browser is closed while its third request is on the way.
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            var third = new TaskCompletionSource();
            await page.RouteAsync("**/files/datasets/*/images*", async route =>
            {
                if (Interlocked.Increment(ref sent) <= 2) await route.ContinueAsync();
                else third.TrySetResult();
            });
            await page.OpenAsync($"/datasets/{id}");
            await page.Locator("input[webkitdirectory]").SetInputFilesAsync(folder.Path);
            await third.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
            await Expect(page.GetByText("Pictures added")).ToBeVisibleAsync();
        });
        await using (var db = studio.OpenDatabase()) Assert.InRange(await db.Images.CountAsync(Stop), 1, 199);

        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/datasets/{id}");
            await page.Locator("input[webkitdirectory]").SetInputFilesAsync(folder.Path);
            await Expect(page.GetByText("Done.")).ToBeVisibleAsync();
            await Expect(page.GetByText("here already: ")).ToBeVisibleAsync();
            await Expect(page.GetByText("label sheets left out: 1")).ToBeVisibleAsync();
            await Expect(page.Locator("img[src*='/thumb']").First).ToBeVisibleAsync();
        });
        await using (var db = studio.OpenDatabase())
            Assert.Equal(Enumerable.Range(0, 200).Select(n => $"m{n / 100}/scan {n}.png"), await db.Images.OrderBy(i => i.Ordinal).Select(i => i.Path).ToListAsync(Stop));
    }

    [Fact]
    public async Task Pages_NewDatasetFilesPreviewLabelsAndDeletion_WorkTogether()
    {
        await using var studio = await StudioApp.StartAsync();
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/datasets");
            await page.GetByRole(AriaRole.Button, new() { Name = "New dataset" }).First.ClickAsync();
            await page.GetByLabel("Dataset name").FillAsync("三月小票");
            await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/datasets/[0-9]+$"));

            await page.Locator("input[accept*='.png']").SetInputFilesAsync(Files(("a.png", TinyPictures.Png(1, 60, 40)), ("b.png", TinyPictures.Png(2, 60, 40)), ("broken.png", "x"u8.ToArray())));
            await Expect(page.GetByText("Pictures added: 3")).ToBeVisibleAsync();
            await Expect(page.GetByText("damaged, kept with the reason: 1")).ToBeVisibleAsync();

            await page.GetByRole(AriaRole.Button, new() { Name = "a.png", Exact = true }).ClickAsync();
            await Expect(page.Locator("dialog[open] strong")).ToHaveTextAsync("a.png");
            await page.Keyboard.PressAsync("ArrowRight");
            await Expect(page.Locator("dialog[open] strong")).ToHaveTextAsync("b.png");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator("dialog")).ToHaveCountAsync(0);

            await page.GetByRole(AriaRole.Link, new() { Name = "Labels" }).ClickAsync();
            await page.Locator("input[accept*='.xlsx']:enabled").SetInputFilesAsync(Files(("labels.csv", "file,Total\na.png,12.50\nb.png,7\nc.png,1\n"u8.ToArray())));
            await Expect(page.GetByText("2 of 3 rows match a picture.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Import labels of 2 pictures" }).ClickAsync();
            await Expect(page.Locator("table.sets")).ToContainTextAsync("total");

            await page.GetByRole(AriaRole.Link, new() { Name = "Pictures" }).ClickAsync();
            await page.GetByLabel("Select broken.png").CheckAsync();
            await page.Locator(".tools").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await Expect(page.GetByText("2 pictures", new() { Exact = true })).ToBeVisibleAsync();
        });
        await using var db = studio.OpenDatabase();
        Assert.Equal(["a.png", "b.png"], await db.Images.OrderBy(i => i.Ordinal).Select(i => i.Path).ToListAsync(Stop));
        Assert.Equal(["12.50", "7"], await db.Labels.OrderBy(l => l.ImageItemId).Select(l => l.Value).ToListAsync(Stop));
    }

    private static FilePayload[] Files(params (string Name, byte[] Bytes)[] files) =>
        [.. files.Select(f => new FilePayload { Name = f.Name, MimeType = "application/octet-stream", Buffer = f.Bytes })];
}
