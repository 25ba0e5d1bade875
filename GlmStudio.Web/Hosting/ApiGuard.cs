using System.Net;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary>Keeps other web sites in the user's browser away from doors that know no login.</summary>
/// <remarks>Two ways in are closed. A site can have its name resolve to 127.0.0.1 (DNS rebinding): its requests carry its own name as Host, and
/// on a loopback address only this machine's names are answered. A site can post to http://localhost:8000 or open a WebSocket there: browsers say
/// where such a request comes from (Origin), and only this program's own pages may change something. Programs send no Origin and pass.</remarks>
internal sealed class ApiGuard(RequestDelegate next, IOptions<StudioOptions> options)
{
    private readonly StudioOptions _options = options.Value;
    private readonly bool _isLoopback = options.Value.Bind is "localhost" || (IPAddress.TryParse(options.Value.Bind, out var bind) && IPAddress.IsLoopback(bind));

    public Task InvokeAsync(HttpContext http)
    {
        var host = http.Request.Host;
        if ((_isLoopback || _options.Hosts.Count > 0) && !IsOurName(host.Host))
            return RefuseAsync(http, $"This server is not known as \"{host.Host}\". If people reach it by that name, add it to the setting Studio:Hosts.");
        if (ChangesSomething(http.Request) && !IsOurOrigin(http))
            return RefuseAsync(http, $"Another web site ({http.Request.Headers.Origin}) may not use this server. If it is yours, add its host name to the setting Studio:Hosts.");
        return next(http);
    }

    private static bool ChangesSomething(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Headers.Upgrade.Count > 0 || request.HttpContext.WebSockets.IsWebSocketRequest;

    // The same address, or the same machine by any of its names: the dashboard's page may ask the API's port.
    private bool IsOurOrigin(HttpContext http)
    {
        if (http.Request.Headers.Origin is not [{ Length: > 0 } text]) return http.Request.Headers.Origin.Count == 0;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var origin)) return false;
        return origin.Authority == http.Request.Host.Value || _options.Hosts.Contains(origin.Host, StringComparer.OrdinalIgnoreCase)
            || (IsLoopbackName(origin.Host) && (origin.Port == _options.WebPort || origin.Port == _options.ApiPort));
    }

    private bool IsOurName(string host) => IsLoopbackName(host) || _options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsLoopbackName(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext http, string why) => Results.Problem(why, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
}
