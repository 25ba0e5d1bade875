using System.Net;
using System.Net.WebSockets;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.EndToEnd;

/// <summary>What <c>deploy/compose.yaml</c> starts, started by hand: PostgreSQL, two nodes, nginx with HTTPS.</summary>
[Collection(typeof(OnPostgres))]
public sealed class ProxyTests(ProxyScene scene) : IClassFixture<ProxyScene>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitor_WithTheCookieOfTheFirstPage_StaysOnOneNode()
    {
        var cookie = await scene.VisitAsync(null);
        for (var i = 0; i < 5; i++) await scene.VisitAsync(cookie);
        Assert.Single(scene.Proxy.Answered().TakeLast(5).Distinct());
    }

    [Fact]
    public async Task LiveConnection_ThroughTheProxy_Opens()
    {
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => scene.Proxy.Owns(certificate);
        socket.Options.SetRequestHeader("Origin", scene.Proxy.Secure.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(scene.Proxy.Secure) { Scheme = "wss", Path = "/_blazor" }.Uri, Cancellation);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Programs_AreSpreadOverBothNodes()
    {
        for (var i = 0; i < 6; i++) using (await scene.GetAsync("/api/nodes", null)) { }
        Assert.Equal(new[] { scene.First.Api.Port, scene.Second.Api.Port }.Order(), scene.Proxy.Answered().TakeLast(6).Distinct().Order());
    }

    [Fact]
    public async Task Metrics_AreNotForTheWorld()
    {
        using var response = await scene.Http.GetAsync(new Uri(scene.Proxy.Secure, "/metrics"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task PlainHttp_LeadsToHttps()
    {
        using var response = await scene.Http.GetAsync(new Uri(scene.Proxy.Plain, "/batches?status=Failed"), Cancellation);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "https://localhost/batches?status=Failed"), (response.StatusCode, response.Headers.Location?.OriginalString));
    }
}

/// <summary>The same with nodes of its own, for one of them is killed.</summary>
[Collection(typeof(OnPostgres))]
public sealed class ProxyWithoutANodeTests(PostgresServer postgres)
{
    [Fact]
    public async Task Visitor_WhoseNodeIsKilled_IsAnsweredByTheOther()
    {
        await using var scene = new ProxyScene(postgres);
        await scene.InitializeAsync();
        var cookie = await scene.VisitAsync(null);
        await scene.VisitAsync(cookie);
        var node = scene.Proxy.Answered()[^1];
        await (node == scene.First.Dashboard.Port ? scene.First : scene.Second).KillAsync(TestContext.Current.CancellationToken);
        await scene.VisitAsync(cookie);
        Assert.Equal(scene.First.Dashboard.Port + scene.Second.Dashboard.Port - node, scene.Proxy.Answered()[^1]);
    }
}

/// <summary>Two nodes on one empty database, started at once as compose does, and the proxy before them.</summary>
public sealed class ProxyScene(PostgresServer postgres) : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("glm-proxy-");

    public HttpClient Http { get; private set; } = null!;
    public SecondProcess First { get; private set; } = null!;
    public SecondProcess Second { get; private set; } = null!;
    public NginxProxy Proxy { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        var calls = Path.Combine(_data.FullName, "calls.txt");
        var nodes = await Task.WhenAll(
            SecondProcess.ServeAsync(_data.FullName, calls, Cancellation, 30, $"--Studio:Database={database}"),
            SecondProcess.ServeAsync(_data.FullName, calls, Cancellation, 30, $"--Studio:Database={database}"));
        (First, Second) = (nodes[0], nodes[1]);
        Proxy = await NginxProxy.StartAsync(First, Second, Cancellation);
        Http = new(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => Proxy.Owns(certificate) }, AllowAutoRedirect = false, UseCookies = false,
        });
    }

    /// <summary>Opens the first page; returns the cookie that the proxy gave, or the one that was sent.</summary>
    public async Task<string> VisitAsync(string? cookie)
    {
        using var response = await GetAsync("/", cookie);
        return cookie ?? response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("glm_node=", StringComparison.Ordinal)).Split(';')[0];
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Proxy.Secure, path));
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        var response = await Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        First.Dispose();
        Second.Dispose();
        Http.Dispose();
        _data.Delete(recursive: true);
    }
}
