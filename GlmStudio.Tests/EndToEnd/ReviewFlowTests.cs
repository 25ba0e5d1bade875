using System.Globalization;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

/// <summary>A reviewer's way through a batch by keyboard, and what a second reviewer sees of it.</summary>
[Collection(typeof(InBrowser))]
public sealed class ReviewFlowTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_EditAcceptRateUndo_AreSavedAtOnce()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await SaveAsync(studio, rows: 30);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/review/{batch.Id}");
            await Assertions.Expect(Cell(page, 0, 0)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.Locator("[data-editor]").FillAsync("更正 🍵");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(Cell(page, 0, 0)).ToContainTextAsync("更正 🍵");
            await Assertions.Expect(Cell(page, 0, 1)).ToBeFocusedAsync();
            Assert.Equal("更正 🍵", (await CellAsync(studio, 0, "company")).Final);

            await page.Keyboard.PressAsync("Delete");
            await Assertions.Expect(Cell(page, 0, 1)).ToContainTextAsync("not on the page");
            await page.Keyboard.PressAsync("4");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rate 4 of 5" })).ToHaveAttributeAsync("aria-pressed", "true");
            await page.Keyboard.PressAsync("a");
            await Assertions.Expect(Cell(page, 1, 1)).ToBeFocusedAsync();
            Assert.Equal((RowStatus.Accepted, 4), await RowAsync(studio, 0));

            foreach (var _ in Enumerable.Range(0, 3)) await page.Keyboard.PressAsync("Control+z");
            await Assertions.Expect(Cell(page, 0, 1)).Not.ToContainTextAsync("not on the page");
            Assert.Equal((RowStatus.InReview, null), await RowAsync(studio, 0));
        });
    }

    [Fact]
    public async Task Accept_FasterThanItIsSaved_SkipsNoRow()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await SaveAsync(studio, rows: 8);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/review/{batch.Id}");
            await Assertions.Expect(Cell(page, 0, 0)).ToBeFocusedAsync();
            await page.EvaluateAsync("() => { for (let i = 0; i < 5; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true })); }");
            await Assertions.Expect(Cell(page, 5, 0)).ToBeFocusedAsync();
            await using var db = studio.OpenDatabase();
            Assert.Equal([0, 1, 2, 3, 4], await db.Rows.Where(r => r.Status == RowStatus.Accepted).Select(r => r.Ordinal).Order().ToListAsync(Cancellation));
        });
    }

    [Fact]
    public async Task Escape_WhileEditing_ChangesNothing()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await SaveAsync(studio, rows: 3);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/review/{batch.Id}");
            await Assertions.Expect(Cell(page, 0, 0)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.Locator("[data-editor]").FillAsync("never");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(Cell(page, 0, 0)).ToBeFocusedAsync();
            Assert.False((await CellAsync(studio, 0, "company")).IsCorrected);
        });
    }

    [Fact]
    public async Task Click_ElsewhereWhileEditing_SavesTheEdit()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await SaveAsync(studio, rows: 3);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/review/{batch.Id}");
            await Cell(page, 0, 0).DblClickAsync();
            await page.Locator("[data-editor]").FillAsync("kept");
            await Cell(page, 2, 1).ClickAsync();
            await Assertions.Expect(Cell(page, 0, 0)).ToContainTextAsync("kept");
            await Assertions.Expect(Cell(page, 2, 1)).ToHaveAttributeAsync("aria-selected", "true");
            Assert.Equal("kept", (await CellAsync(studio, 0, "company")).Final);
        });
    }

    [Fact]
    public async Task TenThousandRows_End_ShowsTheLastRowAndItsPicture()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await SaveAsync(studio, rows: 10_000);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/review/{batch.Id}");
            await Assertions.Expect(Cell(page, 0, 0)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Control+End");
            await Assertions.Expect(Cell(page, 9_999, 0)).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator("[data-sheet] img")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[data-box=active]")).ToHaveCountAsync(1);
        });
    }

    [Fact]
    public async Task Edit_OfOneReviewer_AppearsAtTheOther()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await SaveAsync(studio, rows: 3);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/review/{batch.Id}");
            var second = await page.Context.NewPageAsync();
            await second.OpenAsync($"/review/{batch.Id}");
            await Assertions.Expect(Cell(second, 0, 0)).ToBeFocusedAsync();
            await second.Keyboard.PressAsync("Delete");
            await Assertions.Expect(Cell(page, 0, 0)).ToContainTextAsync("not on the page");
        });
    }

    [Fact]
    public async Task KeyN_GoesToTheNextUncertainCellAndSaysWhereNoneFollows()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await new HandMadeBatch().Row(["Shop", "2026-03-01", "5"]).Row(["Shop", "2026-03-01", "5"]).With(r => r.Cells[2].Score = 0.1)
            .Row(["Shop", "2026-03-01", "5"]).With(r => r.Cells[1].Score = 0.1).SaveAsync(studio.Get<StudioDatabase>());
        await using (var db = studio.OpenDatabase()) await db.Images.ExecuteUpdateAsync(set => set.SetProperty(i => i.Problem, "no picture"), Cancellation);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync($"/review/{batch.Id}");
            await Assertions.Expect(Cell(page, 0, 0)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("n");
            await Assertions.Expect(Cell(page, 1, 2)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("n");
            await Assertions.Expect(Cell(page, 2, 1)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("n");
            await Assertions.Expect(page.GetByText("No uncertain cell follows in this list.")).ToBeVisibleAsync();
        });
    }

    private static ILocator Cell(IPage page, int row, int column) =>
        page.Locator(string.Create(CultureInfo.InvariantCulture, $"[data-cell='{row}:{column}']"));

    private static async Task<Batch> SaveAsync(StudioApp studio, int rows)
    {
        var made = new HandMadeBatch().Row(["Shop #", "2026-03-01", "12.50"], ["Shop #", "2026-03-01", "12.50"]);
        var batch = await made.SaveAsync(studio.Get<StudioDatabase>(), rows);
        var picture = ImageWriter.ToPng(new RgbImage(120, 160, [.. Enumerable.Repeat((byte)230, 120 * 160 * 3)]));
        var file = await studio.Get<ImageStore>().AddAsync(new MemoryStream(picture), 1 << 20, Cancellation);
        await using var db = studio.OpenDatabase();
        await db.Images.ExecuteUpdateAsync(set => set.SetProperty(i => i.ContentHash, file.Hash), Cancellation);
        return batch;
    }

    private static async Task<Cell> CellAsync(StudioApp studio, int ordinal, string key)
    {
        await using var db = studio.OpenDatabase();
        return await db.Cells.AsNoTracking().SingleAsync(c => c.Row!.Ordinal == ordinal && c.FieldKey == key, Cancellation);
    }

    private static async Task<(RowStatus, int?)> RowAsync(StudioApp studio, int ordinal)
    {
        await using var db = studio.OpenDatabase();
        var row = await db.Rows.AsNoTracking().SingleAsync(r => r.Ordinal == ordinal, Cancellation);
        return (row.Status, row.Rating);
    }
}
