using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace GlmStudio.Tests.Support;

/// <summary>Tests in a browser: <c>[Collection(typeof(InBrowser))]</c> and a constructor that takes <see cref="Browser"/>. They run one
/// after the other, so that none starves.</summary>
[CollectionDefinition]
public sealed class InBrowser : ICollectionFixture<Browser>;

/// <summary>One browser a run; every visit has cookies and storage of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage",
    ];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        // A build machine with two processors runs other tests at the same time.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = FindProgram(), Headless = true, Args = Quiet });
    }

    /// <summary>Opens a new window, does what the test does in it, and fails if the page wrote an error to its console, threw, or asked
    /// another machine for something. After a failure the picture of the window is in <c>TestResults</c>.</summary>
    /// <param name="address">The program's dashboard.</param>
    /// <param name="visit">What the visitor does.</param>
    /// <param name="change">Language, size, colour scheme: English, 1280 × 800 and light unless changed.</param>
    public async Task VisitAsync(Uri address, Func<IPage, Task> visit, Action<BrowserNewContextOptions>? change = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = address.ToString(), Locale = "en-US", TimezoneId = "UTC", ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light,
        };
        change?.Invoke(options);
        await using var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        var problems = Watch(page, address);
        try
        {
            await visit(page);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"The visit failed. Picture: {await PhotographAsync(page)}\n{string.Join('\n', problems)}", failure);
        }
        Assert.Empty(problems);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static ConcurrentQueue<string> Watch(IPage page, Uri home)
    {
        var problems = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") problems.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => problems.Enqueue($"script: {error}");
        page.Request += (_, request) =>
        {
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var asked) && asked.Scheme is "http" or "https" && asked.Authority != home.Authority)
                problems.Enqueue($"asked another machine: {request.Url}");
        };
        return problems;
    }

    private static async Task<string> PhotographAsync(IPage page)
    {
        var file = Path.Combine(Repository.At("TestResults"), $"{TestContext.Current.TestMethod?.MethodName ?? "page"}-{Guid.NewGuid():n}.png");
        try
        {
            await page.ScreenshotAsync(new() { Path = file });
            return file;
        }
        catch (PlaywrightException error)
        {
            return $"none ({error.Message})";
        }
    }

    private static string FindProgram()
    {
        string[] names = [Environment.GetEnvironmentVariable("CHROME") ?? "", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return names.Where(n => n is not "").SelectMany(n => folders.Select(f => Path.Combine(f, n))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No browser: install chromium (Debian: apt-get install chromium) or set CHROME to its program.");
    }
}

public static class PageSteps
{
    /// <summary>Opens a page and waits until it answers clicks and keys: before that it is only a picture of itself.</summary>
    public static async Task OpenAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.WaitForSelectorAsync("main[data-live]");
    }

    /// <summary>Clicks, and clicks again where nothing came of it: a live page may draw a row anew under the pointer, and a person would click once more.</summary>
    public static async Task ClickForAsync(this ILocator button, ILocator outcome)
    {
        const int Tries = 4, Milliseconds = 8_000;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (attempt == 1 || !await outcome.IsVisibleAsync()) await button.ClickAsync(new() { Timeout = Milliseconds });
                await outcome.WaitForAsync(new() { State = WaitForSelectorState.Visible, Timeout = Milliseconds });
                return;
            }
            catch (TimeoutException) when (attempt < Tries)
            {
            }
        }
    }
}
