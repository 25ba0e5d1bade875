using System.Data.Common;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GlmStudio.Tests.EndToEnd;

/// <summary>A second press while the first question is still at work begins nothing. The browser's events reach the page in order, so what a later
/// event shows tells that the press before it has been handled.</summary>
[Collection(typeof(InBrowser))]
public sealed class PlaygroundAskingTwiceTests(Browser browser)
{
    [Fact]
    public async Task Ask_BothWhileTheRuleIsLookedUp_AsksOnce()
    {
        var (engine, lookup) = (new FakeEngine(), new HeldLookup());
        await using var studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(engine);
            s.AddSingleton(p => new QuestionBook(new HeldDatabase(p.GetRequiredService<StudioDatabase>().ConnectionString, lookup)));
        });
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await OpenAsync(page, "给我店名、日期");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
            await lookup.Entered.Task.WaitAsync(TestContext.Current.CancellationToken);
            // The button itself swallows a second press of its own; the other button begins the same way.
            await page.GetByRole(AriaRole.Button, new() { Name = "Run both, side by side" }).ClickAsync();
            await Question(page).FillAsync("a");
            await Assertions.Expect(page.GetByRole(AriaRole.Note)).ToHaveCountAsync(0);
            Assert.Equal(0, engine.Calls);
            lookup.Open.SetResult();
            await Assertions.Expect(page.Locator(".answer")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".earlier")).ToHaveCountAsync(0);
        });
        Assert.Equal(1, engine.Calls);
    }

    [Fact]
    public async Task Ask_WhenOneOfTwoAnswersHasEnded_WaitsForTheOther()
    {
        var open = new TaskCompletionSource();
        var engine = new FakeEngine { Gate = (request, stop) => request.Fields is null ? Task.CompletedTask : open.Task.WaitAsync(stop) };
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        await browser.VisitAsync(studio.Dashboard, async page =>
        {
            await OpenAsync(page, "给我店名、日期");
            await page.GetByRole(AriaRole.Button, new() { Name = "Run both, side by side" }).ClickAsync();
            await Assertions.Expect(page.Locator(".answer").First).ToContainTextAsync("echo");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
            await Question(page).FillAsync("a");
            await Assertions.Expect(page.GetByRole(AriaRole.Note)).ToHaveCountAsync(0);
            Assert.Equal(2, engine.Calls);
            open.SetResult();
            await Assertions.Expect(page.GetByText("Answering …")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator(".earlier")).ToHaveCountAsync(0);
        });
        Assert.Equal(2, engine.Calls);
    }

    private static async Task OpenAsync(IPage page, string question)
    {
        await page.OpenAsync("/playground");
        await Question(page).FillAsync(question);
    }

    private static ILocator Question(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "Question" });

    private sealed class HeldDatabase(string connection, HeldLookup lookup) : IDbContextFactory<StudioDbContext>
    {
        public StudioDbContext CreateDbContext() =>
            new SqliteStudioDbContext(new DbContextOptionsBuilder<SqliteStudioDbContext>().UseSqlite(connection).AddInterceptors(lookup).Options);
    }

    /// <summary>Lets no query begin until it is told to.</summary>
    private sealed class HeldLookup : DbCommandInterceptor
    {
        public TaskCompletionSource Entered { get; } = new();

        public TaskCompletionSource Open { get; } = new();

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Entered.TrySetResult();
            await Open.Task.WaitAsync(cancellationToken);
            return result;
        }
    }
}
