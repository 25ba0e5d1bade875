using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GlmStudio.Tests.Support;

/// <summary>Somebody else's web server, on a free loopback port: what a picture's address may lead to.</summary>
public sealed class OtherServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Host and port, as the setting <c>Fetch:AllowedHosts</c> names it.</summary>
    public string Authority => Address.Authority;

    /// <summary>How many requests came.</summary>
    public int Calls { get; private set; }

    public static async Task<OtherServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new OtherServer(app);
        app.Run(http =>
        {
            server.Calls++;
            return answer(http);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
