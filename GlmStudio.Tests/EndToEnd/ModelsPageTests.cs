using GlmStudio.Tests.Support;
using GlmStudio.Web.Engines;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class ModelsPageTests(Browser browser)
{
    [Fact]
    public async Task Checkpoint_AddedLoadedMadeDefaultAndUnloaded()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), "--Models:ContextTokens=512", "--Models:Slots=1");
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/models");
            await AddAsync(page, TinyCheckpoint.Folder);
            var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = TinyCheckpoint.Name });
            await Assertions.Expect(row).ToContainTextAsync("Not loaded");
            await row.GetByRole(AriaRole.Button, new() { Name = "Load" }).ClickAsync();
            await row.GetByRole(AriaRole.Button, new() { Name = "Make default" }).ClickAsync();
            await Assertions.Expect(row.GetByText("default", new() { Exact = true })).ToBeVisibleAsync(); // the button says "Make default" before
            Assert.Equal(TinyCheckpoint.Name, studio.Get<EngineCatalog>().Find(null)!.Info.Name);
            await row.GetByRole(AriaRole.Button, new() { Name = "Unload" }).ClickAsync();
            await Assertions.Expect(row).ToContainTextAsync("Not loaded");
            await row.GetByRole(AriaRole.Button, new() { Name = "Forget" }).ClickAsync();
            await Assertions.Expect(row).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task FolderThatIsNoCheckpoint_ShowsTheReason()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/models");
            await AddAsync(page, "/nowhere/模型");
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("/nowhere/模型");
        });
        Assert.Empty(studio.Get<CheckpointFolders>().List());
    }

    private static async Task AddAsync(IPage page, string folder)
    {
        await page.GetByLabel("Checkpoint folder on the server").FillAsync(folder);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
    }
}
