using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class PlaygroundPageTests(Browser browser)
{
    // A white square of 16 pixels.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAAD0lEQVR42mP4jwYYRrYAAID5/wGR6yAaAAAAAElFTkSuQmCC";

    [Fact]
    public async Task ChosenPicture_AndCtrlEnter_ShowTheAnswer()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(r => $"合计 {r.Images[0].Bytes.Length} 字节")));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/playground");
            await page.Locator("#playground-files:enabled").SetInputFilesAsync(new FilePayload { Name = "小票.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Png) });
            await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "小票.png" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync("合计？");
            await page.Keyboard.PressAsync("Control+Enter");
            await Assertions.Expect(page.Locator(".answer")).ToHaveTextAsync($"合计 {Convert.FromBase64String(Png).Length} 字节");
            await Assertions.Expect(page.GetByText("tokens/s")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Readings_WithBoxes_AreDrawnOnThePicture()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine
        {
            Readings = [new FieldReading("total", "42.00", new PageBox(0.25, 0.5, 0.5, 0.25), 0.9), new FieldReading("date", null, null, 0)],
        }));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/playground");
            await page.Locator("#playground-files:enabled").SetInputFilesAsync(new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Png) });
            await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "a.png" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync("a");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
            await Assertions.Expect(page.GetByTitle("total: 42.00")).ToHaveAttributeAsync("style", "left:25.000%;top:50.000%;width:50.000%;height:25.000%");
        });
    }

    [Fact]
    public async Task PastedPicture_IsAdded()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/playground");
            await page.WaitForFunctionAsync("document.querySelector('.playground').dataset.listening");
            await page.EvaluateAsync("""
                base64 => {
                  const data = new DataTransfer();
                  data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], "pasted.png", { type: "image/png" }));
                  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
                }
                """, Png);
            await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "pasted.png" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove pasted.png" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "pasted.png" })).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task Escape_WhileAnswering_StopsTheEngine()
    {
        var stopped = new TaskCompletionSource();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine
        {
            Gate = async (_, stop) =>
            {
                stop.Register(() => stopped.TrySetResult());
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
        }));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/playground");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync("a");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Answering …")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.GetByText("stopped")).ToBeVisibleAsync();
        });
        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Template_Chosen_AsksItsFields()
    {
        GlmRequest? asked = null;
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(r =>
        {
            asked = r;
            return "{}";
        })));
        var version = new TemplateVersion { Number = 1, Fields = [new Field { Key = "total", Label = "合计" }], CreatedAt = DateTime.UnixEpoch };
        await using (var db = studio.OpenDatabase())
        {
            db.Add(new Template { Key = "slip", Name = "Slip", CreatedAt = DateTime.UnixEpoch, Versions = [version] });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/playground");
            await page.GetByLabel("Template").SelectOptionAsync("Slip · 1");
            await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "合计" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
            await Assertions.Expect(page.Locator(".answer")).ToHaveTextAsync("{}");
        });
        Assert.Equal(("total", PromptRenderer.Render(version)), (Assert.Single(asked!.Fields!).Key, asked.Prompt));
    }
}
