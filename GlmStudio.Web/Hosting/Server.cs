using System.Net;
using System.Runtime.InteropServices;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Shell;
using GlmStudio.Web.Widgets.Localisation;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary>Serving: middleware, the dashboard's own endpoints, and the two addresses.</summary>
public static class Server
{
    private const int Interrupted = 130;

    /// <summary>Serves until it is told to stop.</summary>
    public static async Task<int> RunAsync(WebApplication app)
    {
        var (dashboard, api) = await StartAsync(app);
        Console.WriteLine($"GlmStudio is ready.\n  Dashboard  {dashboard}\n  API        {api} (documentation: {api}docs)\nCtrl+C stops it.");
        using var hurry = EndAtTheSecondInterrupt();
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>The first Ctrl+C stops in order, which may take a while for rows in flight; whoever presses it again does not want to wait.</summary>
    private static PosixSignalRegistration EndAtTheSecondInterrupt()
    {
        var times = 0;
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
        {
            if (Interlocked.Increment(ref times) == 2) Environment.Exit(Interrupted);
        });
    }

    /// <summary>Brings the database up to date and listens. Returns the addresses as a browser on this machine reaches them.</summary>
    public static async Task<(Uri Dashboard, Uri Api)> StartAsync(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<StudioOptions>>().Value;
        app.Urls.Add($"http://{options.Bind}:{options.WebPort}");
        app.Urls.Add($"http://{options.Bind}:{options.ApiPort}");
        var database = app.Services.GetRequiredService<StudioDatabase>();
        await app.Services.GetRequiredService<DatabaseStart>().WaitAsync(CancellationToken.None);
        // Nodes that start at the same moment on an empty database do so one after the other: tables, samples and the clock's triggers are made once.
        await using var turn = await app.Services.GetRequiredService<Turns>().EnterAsync(Turn.StartUp, CancellationToken.None);
        await database.MigrateAsync(CancellationToken.None);
        await app.Services.GetRequiredService<SampleProject>().CreateAsync(CancellationToken.None);
        await app.StartAsync();
        var urls = app.Urls.Select(Reachable).ToArray();
        // A free port that was asked for as 0 is known by now.
        (options.WebPort, options.ApiPort) = (urls[0].Port, urls[^1].Port);
        return (urls[0], urls[^1]);
    }

    private static Uri Reachable(string url)
    {
        var uri = new UriBuilder(url);
        if (IPAddress.TryParse(uri.Host, out var address) && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any))) uri.Host = "localhost";
        return uri.Uri;
    }

    /// <summary>Middleware and the shell, before the features' endpoints.</summary>
    public static void UseStudio(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<ApiGuard>();
        app.UseMiddleware<ApiPort>();
        app.UseRequestLocalization(Cultures.Options());
        app.UseStaticFiles();
        app.UseMiddleware<DatabaseGate>();
        app.UseAntiforgery();
        app.MapCulture();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
