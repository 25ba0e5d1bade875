using System.Text.RegularExpressions;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Datasets.Uploads;
using GlmStudio.Web.Features.Templates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GlmStudio.Tests.Web.Features.Batches;

[Collection(typeof(InBrowser))]
public sealed class BatchPagesTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_StartedOnThePage_ShowsItsRowsAndTheirDetails()
    {
        var calls = 0;
        var engine = new FakeEngine(_ => Interlocked.Increment(ref calls) == 3
            ? throw new EngineException(EngineFault.UnreadableImage, "The picture is cut short.") : """{"total": "RM 12.50", "date": "2026-03-01"}""");
        await using var studio = await ReadyAsync(engine);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/batches/new?dataset=1&template=receipt");
            await page.GetByRole(AriaRole.Button, new() { Name = "Start the batch" }).ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/batches/1$"));
            await Assertions.Expect(page.GetByText(new Regex("11/12 answered, .* s an image, peak memory .* GB"))).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("Finished", new() { Exact = true }).First).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".rows").GetByText("Running", new() { Exact = true })).ToHaveCountAsync(0);
            // Rows are answered beside each other, so any of them may be the third that was asked about.
            await page.Locator(".rows tr").Filter(new() { HasText = "RM 12.50" }).Locator("button.file").First.ClickForAsync(page.GetByRole(AriaRole.Dialog).GetByText("RM 12.50").First);
            await page.Keyboard.PressAsync("Escape");

            await page.OpenAsync("/batches/1?status=Failed");
            await Assertions.Expect(page.GetByText("The picture is cut short.")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".rows button.file")).ToHaveCountAsync(1);
            await page.OpenAsync("/batches");
            await Assertions.Expect(page.GetByText("11 / 12")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Batch_CancelledOnThePage_AsksFirstAndOffersTheRest()
    {
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine();
        engine.Gate = (_, cancellation) => engine.Calls <= 2 ? Task.CompletedTask : gate.Task.WaitAsync(cancellation);
        await using var studio = await ReadyAsync(engine);
        await studio.CreateAsync(BatchScene.Order((1, (await studio.Get<FindTemplate>().HandleAsync("receipt", Cancellation)).Version!.Id)));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/batches/1");
            await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
            await page.Locator(".rz-dialog button.rz-primary").ClickAsync();
            var rest = page.GetByRole(AriaRole.Button, new() { Name = "Answer the rest" });
            await Assertions.Expect(rest).ToBeVisibleAsync();
            gate.SetResult();
            await rest.ClickAsync();
            await Assertions.Expect(page.GetByText(new Regex("12/12 answered"))).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Batch_OfACheckpoint_OffersASecondReadingByTheReader()
    {
        await using var studio = await ReadyAsync(new FakeEngine(name: "first"), new FakeEngine());
        var version = (await studio.Get<FindTemplate>().HandleAsync("receipt", Cancellation)).Version!.Id;
        await studio.CreateAsync(BatchScene.Order((1, version)) with { Engine = "first", Limit = 1 });
        await studio.UntilAsync(1, BatchStatus.Finished);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/batches/1");
            await page.GetByRole(AriaRole.Link, new() { Name = "Second reading" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Start the batch" }).ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/batches/2$"));
            await Assertions.Expect(page.GetByText("12/12 answered")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Second reading" })).ToHaveCountAsync(0);
        });
        await using var db = studio.OpenDatabase();
        Assert.Equal([("first", version), ("reader", version)], db.Batches.OrderBy(b => b.Id).AsEnumerable().Select(b => (b.Engine, b.TemplateVersionId)));
    }

    /// <summary>The sample receipts as dataset 1, and the library's templates.</summary>
    private static async Task<StudioApp> ReadyAsync(FakeEngine engine, FakeEngine? second = null)
    {
        var studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(engine);
            if (second is not null) s.AddSingleton<IGlmEngine>(second);
        });
        await studio.Get<InstallLibrary>().HandleAsync(Cancellation);
        var imported = await studio.Get<ImportFolder>().HandleAsync(Repository.At("samples/receipts"), "Receipts", null, null, Cancellation);
        Assert.Equal((1, 12), (imported.DatasetId, imported.Pictures));
        return studio;
    }
}
