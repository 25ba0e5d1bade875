using System.Net;
using System.Net.WebSockets;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.EndToEnd;

/// <summary>What <c>deploy/compose.yaml</c> starts, started by hand: PostgreSQL, two nodes, nginx with HTTPS.</summary>
[Collection(typeof(OnPostgres))]
public sealed class ProxyTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("glm-proxy-");
    private HttpClient _http = null!;
    private SecondProcess _first = null!;
    private SecondProcess _second = null!;
    private NginxProxy _proxy = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        var calls = Path.Combine(_data.FullName, "calls.txt");
        // Both at once on an empty database, as compose does.
        var nodes = await Task.WhenAll(
            SecondProcess.ServeAsync(_data.FullName, calls, Cancellation, 30, $"--Studio:Database={database}"),
            SecondProcess.ServeAsync(_data.FullName, calls, Cancellation, 30, $"--Studio:Database={database}"));
        (_first, _second) = (nodes[0], nodes[1]);
        _proxy = await NginxProxy.StartAsync(_first, _second, Cancellation);
        _http = new(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => _proxy.Owns(certificate) }, AllowAutoRedirect = false, UseCookies = false,
        });
    }

    [Fact]
    public async Task Visitor_WithTheCookieOfTheFirstPage_StaysOnOneNode()
    {
        var cookie = await VisitAsync(null);
        for (var i = 0; i < 5; i++) await VisitAsync(cookie);
        Assert.Single(_proxy.Answered().TakeLast(5).Distinct());
    }

    [Fact]
    public async Task Visitor_WhoseNodeIsKilled_IsAnsweredByTheOther()
    {
        var cookie = await VisitAsync(null);
        await VisitAsync(cookie);
        var node = _proxy.Answered()[^1];
        await (node == _first.Dashboard.Authority ? _first : _second).KillAsync(Cancellation);
        await VisitAsync(cookie);
        Assert.DoesNotContain(node, _proxy.Answered()[^1].Split(", ")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveConnection_ThroughTheProxy_Opens()
    {
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => _proxy.Owns(certificate);
        socket.Options.SetRequestHeader("Origin", _proxy.Secure.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(_proxy.Secure) { Scheme = "wss", Path = "/_blazor" }.Uri, Cancellation);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Programs_AreSpreadOverBothNodes()
    {
        for (var i = 0; i < 6; i++) await GetAsync("/api/nodes", null);
        Assert.Equal(new[] { _first.Api.Authority, _second.Api.Authority }.Order(), _proxy.Answered().TakeLast(6).Distinct().Order());
    }

    [Fact]
    public async Task Metrics_AreNotForTheWorld()
    {
        using var response = await _http.GetAsync(new Uri(_proxy.Secure, "/metrics"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task PlainHttp_LeadsToHttps()
    {
        using var response = await _http.GetAsync(new Uri(_proxy.Plain, "/batches?status=Failed"), Cancellation);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "https://localhost/batches?status=Failed"), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _first.Dispose();
        _second.Dispose();
        _http.Dispose();
        _data.Delete(recursive: true);
    }

    /// <summary>Opens the first page; returns the cookie that the proxy gave, or the one that was sent.</summary>
    private async Task<string> VisitAsync(string? cookie)
    {
        using var response = await GetAsync("/", cookie);
        return cookie ?? response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("glm_node=", StringComparison.Ordinal)).Split(';')[0];
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_proxy.Secure, path));
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        var response = await _http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }
}
