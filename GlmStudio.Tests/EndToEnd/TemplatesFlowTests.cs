using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Features.Templates;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GlmStudio.Tests.EndToEnd;

[Collection(typeof(InBrowser))]
public sealed class TemplatesFlowTests(Browser browser)
{
    [Fact]
    public async Task Builder_NewTemplate_IsTypedPreviewedMovedAndSaved()
    {
        await using var studio = await StudioApp.StartAsync();
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/templates/new");
            await page.GetByLabel("Key", new() { Exact = true }).First.FillAsync("ticket");
            await page.GetByLabel("Name", new() { Exact = true }).FillAsync("车票 Ticket");
            var first = page.GetByRole(AriaRole.Group, new() { Name = "Field 1" });
            await first.GetByLabel("Label").FillAsync("出发站");
            await first.GetByLabel("Key", new() { Exact = true }).FillAsync("from");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a field" }).ClickAsync();
            var second = page.GetByRole(AriaRole.Group, new() { Name = "Field 2" });
            await Expect(second.GetByLabel("Label")).ToBeFocusedAsync();
            await second.GetByLabel("Label").FillAsync("票价");
            await second.GetByLabel("Type").SelectOptionAsync("Money");
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What the model reads" })).ToContainTextAsync("2. \"field2\"（票价）：金额。");

            await second.GetByLabel("Label").PressAsync("Alt+ArrowUp");
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What the model reads" })).ToContainTextAsync("1. \"field2\"（票价）：金额。");
            await Expect(first.GetByLabel("Label")).ToBeFocusedAsync();
            await Expect(first.GetByLabel("Label")).ToHaveValueAsync("票价");
            await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/templates/ticket$"));
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("车票 Ticket");
        });
        var saved = (await studio.Get<FindTemplate>().HandleAsync("ticket", TestContext.Current.CancellationToken)).Version!;
        Assert.Equal([("field2", "票价"), ("from", "出发站")], saved.Fields.Select(f => (f.Key, f.Label)));
    }

    [Fact]
    public async Task Builder_UnsavedEdit_IsAskedAboutOnLeaving()
    {
        await using var studio = await StudioApp.StartAsync();
        await studio.Get<InstallLibrary>().HandleAsync(TestContext.Current.CancellationToken);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/templates/receipt");
            await page.GetByLabel("Instruction").FillAsync("Read it.");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).First).ToBeEnabledAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "All templates" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
            await Expect(page.GetByLabel("Instruction")).ToHaveValueAsync("Read it.");
            await page.GetByRole(AriaRole.Link, new() { Name = "All templates" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/templates$"));
        });
    }

    [Fact]
    public async Task Builder_SomebodySavedMeanwhile_SaysSoKeepsTheEditsAndSavesOnTop()
    {
        await using var studio = await StudioApp.StartAsync();
        await studio.Get<InstallLibrary>().HandleAsync(TestContext.Current.CancellationToken);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/templates/receipt");
            await page.GetByLabel("Instruction").FillAsync("Mine.");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).First).ToBeEnabledAsync();
            var other = TemplateLibrary.Find("receipt")!.Clean();
            other.Instruction = "Theirs.";
            await studio.Get<SaveVersion>().HandleAsync(other, 1, "", TestContext.Current.CancellationToken);
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Version 2 was saved by somebody else");
            await Expect(page.GetByLabel("Instruction")).ToHaveValueAsync("Mine.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save as version 3" }).First.ClickAsync();
            await Expect(page.GetByText("Key receipt, version 3")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Builder_PageTextSwitched_IsANewVersionWithADifference()
    {
        await using var studio = await StudioApp.StartAsync();
        await studio.Get<InstallLibrary>().HandleAsync(TestContext.Current.CancellationToken);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/templates/receipt");
            await page.GetByLabel("The page's text").SelectOptionAsync("Not given: the picture only");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).First.ClickAsync();
            await Expect(page.GetByText("Key receipt, version 2")).ToBeVisibleAsync();
            await page.OpenAsync("/templates/receipt/diff/1/2");
            await Expect(page.GetByText("Not given: the picture only")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Rules_StepAddedAndMoved_IsSaved()
    {
        await using var studio = await StudioApp.StartAsync();
        await studio.Get<InstallLibrary>().HandleAsync(TestContext.Current.CancellationToken);
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/templates/receipt");
            var field = page.GetByRole(AriaRole.Group, new() { Name = "Field 1" }).First;
            await field.Locator("summary").Filter(new() { HasText = "Rules" }).ClickAsync();
            await field.GetByLabel("Add a step").SelectOptionAsync(new SelectOptionValue { Label = "Take what a pattern finds" });
            await field.GetByLabel("Pattern", new() { Exact = true }).FillAsync("[0-9]+");
            await field.GetByLabel("Add a step").SelectOptionAsync(new SelectOptionValue { Label = "Tidy the text" });
            await field.GetByRole(AriaRole.Button, new() { Name = "Move step 2 up" }).ClickAsync();
            await Expect(field.Locator("summary").First).ToContainTextAsync("Tidy the text · Take what a pattern finds");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).First.ClickAsync();
            await Expect(page.GetByText("Key receipt, version 2")).ToBeVisibleAsync();
        });
        var saved = (await studio.Get<FindTemplate>().HandleAsync("receipt", TestContext.Current.CancellationToken)).Version!;
        Assert.Equal([new TidyStep(Tidying.Trim), new PatternStep("[0-9]+")], saved.Fields[0].Steps);
    }

    [Fact]
    public async Task QuestionRules_FieldThatAVersionLost_CanBeTakenOutOfTheRule()
    {
        await using var studio = await StudioApp.StartAsync();
        var template = new Template { Key = "slip", Name = "Slip", Versions = [new TemplateVersion { Number = 1, Fields = [new Field { Key = "total", Label = "合计" }] }] };
        await using (var db = studio.OpenDatabase())
        {
            db.Add(new QuestionRule { Words = "How much", Template = template, FieldKeys = ["total", "gone"] });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/templates/questions");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The template has no field with the key \"gone\".");
            // The box goes with its mark.
            await page.GetByLabel("gone (no longer in the template)").ClickAsync();
            await Expect(page.GetByLabel("gone (no longer in the template)")).ToHaveCountAsync(0);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        });
        Assert.Equal(["total"], Assert.Single(await studio.Get<QuestionRules>().ListAsync(TestContext.Current.CancellationToken)).FieldKeys);
    }

    [Fact]
    public async Task List_DamagedFile_IsRefusedWithItsPlace()
    {
        await using var studio = await StudioApp.StartAsync();
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await page.OpenAsync("/templates");
            await page.Locator("input[type=file]:enabled").SetInputFilesAsync(new FilePayload
            {
                Name = "broken.json", MimeType = "application/json",
                Buffer = """{"format":"glm-studio-template","version":1,"key":"t","name":"T","fields":[{"key":"a","colour":"red"}]}"""u8.ToArray(),
            });
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Field 1 · colour");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The property \"colour\" is not known.");
            await page.Locator("input[type=file]:enabled").SetInputFilesAsync(new FilePayload
            {
                Name = "good.json", MimeType = "application/json", Buffer = TemplateJson.Write(TemplateLibrary.Find("menu")!),
            });
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "菜单 Menu", Exact = true })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        });
    }
}
